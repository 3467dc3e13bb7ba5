/** What is used of it here. */
declare module 'proxy-addr' {
  const proxyAddr: {
    all(request: unknown, trust: readonly string[] | ((address: string, index: number) => boolean)): string[];
    compile(trust: string): unknown;
  };
  export default proxyAddr;
}
