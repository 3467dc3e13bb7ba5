import { defineComponent, h, type PropType } from 'vue';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** What stands behind the bar. */
  readonly text: string;
}

/** A table whose values are drawn as bars beside their numbers. `mark` is a value with a line of its own, such as 1 for ratios. */
export const Bars = defineComponent({
  props: { caption: { type: String, required: true }, bars: { type: Array as PropType<readonly Bar[]>, required: true }, mark: { type: Number, default: null } },
  setup(props) {
    const share = (value: number) => `${(100 * value) / Math.max(...props.bars.map((bar) => bar.value))}%`;
    const line = () => (props.mark === null ? [] : [h('span', { class: 'mark', style: { left: share(props.mark) } })]);
    const row = ({ label, value, text }: Bar) => h('tr', { class: { low: props.mark !== null && value < props.mark } }, [
      h('th', { scope: 'row' }, label),
      h('td', { class: 'track', 'aria-hidden': 'true' }, [h('span', { class: 'bar', style: { width: share(value) } }), ...line()]),
      h('td', { class: 'value' }, text),
    ]);
    return () => h('figure', { class: 'bars' }, [h('table', [h('tbody', props.bars.map(row))]), h('figcaption', props.caption)]);
  },
});
