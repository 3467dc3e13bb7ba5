const inputs = [
  '127.0.0.1', '192.168.100.200', '8.8.8.8', '255.255.255.255', '::1', '2001:db8::8a2e:370:7334', 'fe80::1%eth0', '::ffff:1.2.3.4',
  '1:2:3:4:5:6:7:8', 'example.com', 'localhost', '', '256.1.1.1', '1.2.3', '01.2.3.4', ':::', '1::2::3', 'db.internal.example.org', '12345', 'fe80::1%',
];

/** @param {{ isIP(input: string): number }} module @returns {() => number} a batch of calls; how many */
export function isIP({ isIP: ask }) {
  return () => {
    let sum = 0;
    for (let i = 0; i < 1000; i++) for (const input of inputs) sum += ask(input);
    if (sum === 0) throw new Error('isIP found no address');
    return 1000 * inputs.length;
  };
}
