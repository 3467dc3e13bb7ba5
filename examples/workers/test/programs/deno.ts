import { denoSocket } from '../../src/deno.js';
import { answer } from './checks.js';

declare const Deno: {
  serve(
    options: { hostname: string; port: number; onListen(at: { port: number }): void },
    handler: (request: Request) => Promise<Response>,
  ): unknown;
};

// As text: of a number Deno shows the colour, where colours are forced.
Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: ({ port }) => { console.log(String(port)); } }, (request) => answer(request, denoSocket));
