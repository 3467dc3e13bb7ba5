/** What is used of pg here; it has no types of its own. */
declare module 'pg' {
  interface Client {
    connect(): Promise<void>;
    query(text: string): Promise<{ rows: Record<string, unknown>[] }>;
    end(): Promise<void>;
  }
  interface Options {
    host: string;
    port: number;
    user: string;
    database: string;
    /** Makes the socket that the client will connect. */
    stream: () => unknown;
  }
  const pg: { Client: new (options: Options) => Client };
  export default pg;
}
