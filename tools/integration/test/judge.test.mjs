import { describe, expect, it } from 'vitest';
import { judge } from '../src/judge.mjs';

const carried = { replaced: true, dials: 1, bytesRead: 10, servers: 0, builtinReaders: 0 };
const onBuiltin = { ...carried, replaced: false };
const run = (records, by = carried) => ({ records: [...records, { end: true, code: 0, carried: by }], end: 'exit code 0', output: '' });
const failed = (lane, mine, control) => judge(lane, mine, control).filter(({ status }) => status === 'failed').map(({ name }) => name);

const control = run([{ title: 'a', seen: { rows: [1, 2] } }, { title: 'b', seen: null }], onBuiltin);

describe('a run is judged by its control', () => {
  it('passes when everything was seen that the control saw', () => {
    expect(failed('builtin', control, control)).toEqual([]);
    expect(failed('net-compat', { ...control, records: [...control.records.slice(0, 2), { end: true, carried }] }, control)).toEqual([]);
  });

  it('fails for what was seen otherwise, and shows where', () => {
    const results = judge('net-compat', run([{ title: 'a', seen: { rows: [1, 3] } }, { title: 'b', seen: null }]), control);
    expect(results.filter(({ status }) => status === 'failed')).toEqual([{ name: 'a', status: 'failed', detail: expect.stringMatching(/node:net: +2[^]*here: +3/) }]);
  });

  it('fails for a step with an error, and for one that was not reached', () => {
    expect(failed('net-compat', run([{ title: 'a', error: 'broken' }]), control)).toEqual(['a', 'b']);
  });

  it('fails the control for its own errors, and compares nothing with them', () => {
    const broken = run([{ title: 'a', error: 'broken' }, { title: 'b', seen: null }], onBuiltin);
    expect(failed('builtin', broken, broken)).toEqual(['a']);
    expect(failed('net-compat', run([{ title: 'a', seen: 1 }, { title: 'b', seen: null }]), broken)).toEqual([]);
  });

  it('fails a control that says nothing', () => {
    const silent = { records: [], end: 'exit code 1', output: 'no such module' };
    expect(failed('builtin', silent, silent)).toEqual(['ends by itself', 'what carries it', 'has steps']);
  });

  it('fails a process that had to be ended', () => {
    expect(failed('net-compat', { ...run(control.records.slice(0, 2)), end: 'ended by SIGKILL' }, control)).toEqual(['ends by itself']);
  });
});

describe('what carried a run must be what the lane is about', () => {
  const steps = control.records.slice(0, 2);
  const wrong = (lane, by) => failed(lane, run(steps, { ...carried, ...by }), control).length > 0;

  it('is net-compat, which read something', () => {
    expect(wrong('net-compat', { replaced: false })).toBe(true);
    expect(wrong('net-compat', { bytesRead: 0 })).toBe(true);
  });

  it('is the builtin below it on the host driver alone', () => {
    expect(wrong('net-compat', { builtinReaders: 3 })).toBe(true);
    expect(wrong('net-compat, host driver', { builtinReaders: 3 })).toBe(false);
    expect(wrong('net-compat, host driver', { builtinReaders: 0 })).toBe(true);
  });

  it('is nothing of ours in the control', () => {
    expect(wrong('builtin', {})).toBe(true);
  });
});
