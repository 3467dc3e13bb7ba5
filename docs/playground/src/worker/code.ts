import { untilIdle } from './runtime.js';
import type { Task } from '../protocol.js';
import { testTransport } from './compliance.js';
import { modulesFor } from './modules.js';
import { fail, load } from './program.js';
import { say, speakTo } from './say.js';
import { exploreWorlds, runWorld } from './world.js';

/** Runs a program until nothing more can happen. */
async function runProgram(code: string): Promise<string> {
  let isLoaded = false;
  const loaded = load(code, modulesFor({ isWorld: false })).then(() => { isLoaded = true; });
  await Promise.race([loaded, loaded.catch(() => {}).then(untilIdle), untilIdle()]);
  await untilIdle();
  return isLoaded ? 'The program is over: nothing more can happen.' : 'Nothing more can happen, and the program still waits for something.';
}

async function perform(task: Task): Promise<string> {
  switch (task.do) {
    case 'program': return runProgram(task.code);
    case 'world': return runWorld(task.code, task.world).then(() => '');
    case 'explore': return exploreWorlds(task.code, task.world, task.runs).then(() => '');
    case 'compliance': return testTransport(task.code).then(() => '');
    case 'line': throw new Error('Lines are for the prompt');
  }
}

// Prevented, they are not reported to the page as well.
addEventListener('error', (event) => {
  event.preventDefault();
  fail(event.error ?? new Error(event.message));
});
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  fail(event.reason);
});
addEventListener('message', ({ data, ports }: MessageEvent<Task>) => {
  speakTo(ports[0]);
  perform(data)
    .then((text) => { say({ type: 'over', text }); }, (error: unknown) => {
      fail(error);
      say({ type: 'over', text: '' });
    });
});
