import { describe, expect, it } from 'vitest';
import { parseAddress } from '../src/address/index.js';
import { isIP, isIPv4, isIPv6 } from '../src/index.js';

const valid4 = ['0.0.0.0', '127.0.0.1', '1.2.3.4', '255.255.255.255', '10.20.30.40', '100.200.99.9'];
const valid6 = [
  '::', '::1', '1::', '::ffff:1.2.3.4', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '1::3:4:5:6:7:8', '1:2:3:4:5:6:7:8', '64:ff9b::1.2.3.4',
  'fe80::1%eth-0.1:2', '::1%0', '1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5::1.2.3.4', '::1.2.3.4', '::1.2.3.4%a', 'ABCD::eF', '0000:0000::0001', `::%${'a'.repeat(1000)}`, '::%.', '::%:',
];
const invalid = [
  '', '01.2.3.4', '0177.0.0.1', '127.1', '2130706433', '0x7f.0.0.1', '1.2.3.4.', '.1.2.3.4', '1..2.3', ' 1.2.3.4', '1.2.3.4 ', '1.2.3.4\0', '1.2.3.4\n', '１.2.3.4',
  '1.2.3', '1.2.3.4.5', '256.1.1.1', '1.2.3.256', '1.2.3.00', '1.2.3.1000', '-1.2.3.4', '+1.2.3.4', '1.2.3.4/8', '1.2.3.4%lo', 'a.b.c.d',
  ':', ':::', ':1', '1:', '1::2::3', '1:::2', '1::2:', '00001::1', '12345::', '::12345', '::g', 'fe80::1%', 'fe80::1%en_0', '::%a%b', '::%é', '::%/', '%a', '[::1]', '::1/128', '::1 ', ' ::1', '::1\0',
  '1:2:3:4:5:6:7:8:', '1:2:3:4:5:6:7:12345', '1::3:4:5:6:7:8:9', '::1:2:3:4:5:6:7:8:9', '::.1.2.3', '::1111.2.3.4', '::2:3:4:5:6:7:1.2.3.4', '::ffff:010.1.1.1', '::ffff:1.2.3.256', '::ffff:1.2.3', '::1.2.3.4.5', '::1.2.3.4:5', '1.2.3.4::', '1:2:3:4:5:6:7:1.2.3.4', '1:2:3:4:5:6::1.2.3.4', '1:2:3:4:5:1.2.3.4',
  '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8::', '::1:2:3:4:5:6:7:8', '1:2:3:4::5:6:7:8', 'localhost', 'example.com', 'é', '\u{1f600}', '::\u0661', '\u2160::',
];

describe('isIP', () => {
  it.each(valid4)('takes %j for IPv4', (text) => {
    expect([isIP(text), isIPv4(text), isIPv6(text), parseAddress(text)?.version]).toEqual([4, true, false, 4]);
  });
  it.each(valid6)('takes %j for IPv6', (text) => {
    expect([isIP(text), isIPv4(text), isIPv6(text), parseAddress(text)?.version]).toEqual([6, false, true, 6]);
  });
  it.each(invalid)('takes %j for no address', (text) => {
    expect([isIP(text), isIPv4(text), isIPv6(text), parseAddress(text)]).toEqual([0, false, false, null]);
  });
  it('knows all 256 octets and no number beside them', () => {
    for (let n = 0; n < 2000; n++) expect(isIPv4(`1.${n}.1.1`), String(n)).toBe(n < 256);
    for (let n = 0; n < 256; n++) expect(isIPv4(`0${n}.1.1.1`), String(n)).toBe(false);
  });
  it('knows every character that may stand in a group and in a zone', () => {
    for (let code = 0; code < 0x3000; code++) {
      const char = String.fromCharCode(code);
      if (char === '%') continue;
      expect(isIPv6(`::1${char}1`), char).toBe(/^[0-9A-Fa-f:.]$/.test(char) && char !== '.');
      expect(isIPv6(`::%${char}`), char).toBe(/^[0-9A-Za-z.:-]$/.test(char));
    }
  });
});
