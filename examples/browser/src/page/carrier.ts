import type { Tunnel } from '@netstrata/gateway/tunnel';
import { bytes, find } from './elements.js';

const WORDS = { idle: 'not dialled yet', dialling: 'dialling …', open: 'open', closed: 'closed', lost: 'lost: dialled again when needed' };

/** How the carrier is: its state, or 'lost' between a cut and the next dial. */
function stateOf({ status: { state, dials } }: Tunnel): keyof typeof WORDS {
  return state === 'idle' && dials > 0 ? 'lost' : state;
}

/** Says it when it changes, and not again and again: some have the page read to them. */
function tell(selector: string, text: string): void {
  const element = find(selector);
  if (element.textContent !== text) element.textContent = text;
}

/** Shows how the carrier is. */
export function showCarrier(carrier: Tunnel): void {
  const draw = (): void => {
    const { roundTrip, bytesRead, bytesWritten, dials } = carrier.status;
    const state = stateOf(carrier);
    find('#carrier').dataset.state = state;
    tell('#carrier-state', dials > 1 && state === 'open' ? `open again (${dials})` : WORDS[state]);
    tell('#carrier-trip', roundTrip === null ? '–' : `${roundTrip.toFixed(1)} ms`);
    tell('#carrier-in', bytes(bytesRead));
    tell('#carrier-out', bytes(bytesWritten));
  };
  draw();
  setInterval(draw, 200);
}

/** The site cuts all WebSockets that lead to it, as a broken line would. */
export async function cut(): Promise<string> {
  const response = await fetch('cut', { method: 'POST' });
  return `${await response.text()}: see what becomes of the connections, and use them again`;
}
