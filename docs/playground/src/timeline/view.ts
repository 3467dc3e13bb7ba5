import type { Model } from './model.js';
import { pictureOf, type Picture } from './picture.js';
import { draw, timeText } from './svg.js';

/** Where a reader has clicked: on a host, or between two. */
export interface Place {
  readonly at: number;
  readonly hosts: readonly string[];
  /** Pixels, in the panel. */
  readonly x: number;
  readonly y: number;
}

/** Pixels from a lane that still mean its host. */
const NEAR = 26;
/** Seconds that the drawing of a run takes, at least and at most, and pixels a second in between. */
const [LEAST, LONGEST, SPEED] = [0.8, 4, 220];

/** The picture of a run in a panel that scrolls. Owns the animation: time goes down the page, and packets with it. */
export class TimelineView {
  readonly #panel: HTMLElement;
  readonly #onClick: (place: Place) => void;
  readonly #svg = draw('svg', { role: 'img', 'aria-label': 'Nothing has run yet', class: 'timeline' });
  readonly #shade = draw('rect', { class: 'shade', x: 0 });
  readonly #moving = draw('g', { class: 'moving' });
  /** Names of hosts: they stay where they are when the panel scrolls. */
  readonly #names = draw('g', { class: 'names' });
  readonly #cursor = draw('g', { class: 'cursor' });
  readonly #resized: ResizeObserver;
  #model: Model | null = null;
  #picture: Picture | null = null;
  #frame = 0;
  /** How far it is drawn, in pixels. */
  #drawn = 0;

  constructor(panel: HTMLElement, onClick: (place: Place) => void) {
    this.#panel = panel;
    this.#onClick = onClick;
    panel.append(this.#svg);
    this.#svg.addEventListener('click', (event) => { this.#clicked(event); });
    this.#svg.addEventListener('pointermove', (event) => { this.#pointed(event); });
    this.#svg.addEventListener('pointerleave', () => { this.#cursor.replaceChildren(); });
    panel.addEventListener('scroll', () => { this.#names.setAttribute('transform', `translate(0 ${panel.scrollTop})`); });
    let { clientWidth } = panel;
    this.#resized = new ResizeObserver(() => {
      if (panel.clientWidth === clientWidth) return;
      ({ clientWidth } = panel);
      this.#lay();
      this.#show(this.#picture?.scale.height ?? 0);
    });
    this.#resized.observe(panel);
  }

  /** Shows a run from its beginning, or goes on with one of which there is more now. */
  show(model: Model, isNew: boolean): void {
    this.#model = model;
    this.#lay();
    if (isNew) {
      this.#drawn = 0;
      this.#panel.scrollTop = 0;
    }
    cancelAnimationFrame(this.#frame);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.#show(this.#picture!.scale.height);
    else this.#animate();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#resized.disconnect();
    this.#svg.remove();
  }

  #lay(): void {
    if (this.#model === null) return;
    const width = Math.max(this.#panel.clientWidth, 280);
    const picture = pictureOf(this.#model, width);
    const { height } = picture.scale;
    const { hosts, flights, end } = this.#model;
    this.#picture = picture;
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) this.#svg.setAttribute(name, String(value));
    this.#svg.setAttribute('aria-label', `${hosts.join(', ')}: ${flights.length} packets in ${timeText(end)}. The events are in the table below.`);
    this.#shade.setAttribute('width', String(width));
    this.#names.replaceChildren(draw('rect', { width, height: 34, class: 'head' }), ...hosts.map((host) => draw('text', { class: 'host', x: picture.laneX(host), y: 22 }, host)));
    this.#svg.replaceChildren(...picture.parts, this.#shade, this.#moving, this.#names, this.#cursor);
  }

  #animate(): void {
    const { height } = this.#picture!.scale;
    const left = height - this.#drawn;
    const seconds = Math.min(LONGEST, Math.max(LEAST, left / SPEED));
    let before: number | null = null;
    const next = (now: number): void => {
      const drawn = this.#drawn + (before === null ? 0 : ((now - before) / 1000) * (left / seconds));
      before = now;
      this.#show(Math.min(drawn, height));
      this.#follow();
      if (this.#drawn < height) this.#frame = requestAnimationFrame(next);
    };
    this.#frame = requestAnimationFrame(next);
  }

  /** Draws up to here. */
  #show(y: number): void {
    if (this.#picture === null) return;
    const { scale, legs } = this.#picture;
    this.#drawn = y;
    this.#shade.setAttribute('y', String(y));
    this.#shade.setAttribute('height', String(Math.max(0, scale.height - y)));
    const isOver = y >= scale.height;
    const dots = isOver ? [] : legs.filter(({ y1, y2 }) => y1 <= y && y <= y2).map(({ x1, y1, x2, y2, kind }) => draw('circle', { class: kind, cx: x1 + ((y - y1) / (y2 - y1 || 1)) * (x2 - x1), cy: y, r: 5 }));
    this.#moving.replaceChildren(...dots);
    this.#svg.dataset.state = isOver ? 'drawn' : 'drawing';
  }

  /** The panel scrolls with it. */
  #follow(): void {
    const { clientHeight, scrollTop } = this.#panel;
    const wanted = this.#drawn - clientHeight * 0.85;
    if (wanted > scrollTop) this.#panel.scrollTop = wanted;
  }

  #placeOf(event: MouseEvent): Place | null {
    if (this.#model === null || this.#picture === null) return null;
    const box = this.#svg.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const { laneX, scale } = this.#picture;
    const lanes = this.#model.hosts.map((host) => ({ host, far: Math.abs(laneX(host) - x), x: laneX(host) }));
    const nearest = [...lanes].sort((one, other) => one.far - other.far)[0];
    const [before, after] = [lanes.filter((lane) => lane.x <= x).at(-1), lanes.find((lane) => lane.x > x)];
    const isBetween = before !== undefined && after !== undefined && nearest.far > NEAR;
    const hosts = isBetween ? [before.host, after.host] : nearest === undefined ? [] : [nearest.host];
    return { at: Math.round(scale.at(y)), hosts, x, y };
  }

  #clicked(event: MouseEvent): void {
    const place = this.#placeOf(event);
    if (place !== null && place.hosts.length > 0) this.#onClick(place);
  }

  #pointed(event: MouseEvent): void {
    const place = this.#placeOf(event);
    if (place === null) return;
    const width = this.#svg.getAttribute('width') ?? 0;
    this.#cursor.replaceChildren(draw('line', { x1: 0, x2: width, y1: place.y, y2: place.y }), draw('text', { x: 60, y: place.y - 4 }, `${timeText(place.at)} ${place.hosts.join(' – ')}`));
  }
}
