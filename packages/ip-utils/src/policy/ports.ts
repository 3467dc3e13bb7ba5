/** Makes the error about the rule at hand; the reason continues a sentence about it. */
export type Refuse = (reason: string) => Error;

/** Both ends belong to it. */
export type PortRange = readonly [from: number, to: number];

const MAX_PORT = 0xffff;

export function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_PORT;
}

function ordered(from: number, to: number, refuse: Refuse): PortRange {
  if (!isPort(from) || !isPort(to)) throw refuse('has a port that is not 0 to 65535');
  if (from > to) throw refuse('has a range of ports that ends before it begins');
  return [from, to];
}

/** `80` or `80-90`. */
export function portsOfText(text: string, refuse: Refuse): PortRange[] {
  const match = /^(0|[1-9]\d{0,4})(?:-(0|[1-9]\d{0,4}))?$/.exec(text);
  if (match === null) throw refuse('has ports that are neither a number nor two with a dash between');
  const from = Number(match[1]);
  return [ordered(from, match[2] === undefined ? from : Number(match[2]), refuse)];
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'number');
}

/** A number, a range, or a list of these: two numbers are a range, so a list has a range in it, lest a shorter one be taken for a range. */
export function portsOf(value: unknown, refuse: Refuse): PortRange[] {
  if (typeof value === 'number') return [ordered(value, value, refuse)];
  if (isPair(value)) return [ordered(value[0], value[1], refuse)];
  if (!Array.isArray(value)) throw refuse('has a `port` that is no number and no range');
  if (!value.some(isPair)) throw refuse('has a list of ports without a range in it: write [[80, 80], [443, 443]]');
  return value.map((one: unknown) => {
    if (typeof one !== 'number' && !isPair(one)) throw refuse('has a `port` that is no number and no range');
    return typeof one === 'number' ? ordered(one, one, refuse) : ordered(one[0], one[1], refuse);
  });
}
