import { closeSync, fstatSync, openSync, readSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import ssh2 from 'ssh2';

const { STATUS_CODE, flagsToString } = ssh2.utils.sftp;

/** Serves the files of a folder to the other end of an SFTP session. */
export function serveFiles(sftp, folder) {
  const open = new Map();
  const pathOf = (name) => join(folder, name);
  const add = (id, what) => {
    const handle = Buffer.from(`${id}`);
    open.set(`${handle}`, what);
    sftp.handle(id, handle);
  };
  /** A request that is answered by the result of `answer`, or by what it throws. */
  const on = (name, answer) => {
    sftp.on(name, (id, ...args) => {
      try {
        answer(id, ...args);
      } catch (error) {
        sftp.status(id, error.code === 'ENOENT' ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE);
      }
    });
  };
  /** A request that succeeds or fails. */
  const order = (name, act) => {
    on(name, (id, ...args) => {
      act(...args);
      sftp.status(id, STATUS_CODE.OK);
    });
  };
  on('OPEN', (id, name, flags) => add(id, { fd: openSync(pathOf(name), flagsToString(flags)) }));
  on('READ', (id, handle, offset, length) => {
    const data = Buffer.alloc(length);
    const count = readSync(open.get(`${handle}`).fd, data, 0, length, offset);
    if (count === 0) sftp.status(id, STATUS_CODE.EOF);
    else sftp.data(id, data.subarray(0, count));
  });
  on('FSTAT', (id, handle) => sftp.attrs(id, fstatSync(open.get(`${handle}`).fd)));
  on('STAT', (id, name) => sftp.attrs(id, statSync(pathOf(name))));
  on('OPENDIR', (id, name) => add(id, { names: readdirSync(pathOf(name)).sort() }));
  on('READDIR', (id, handle) => {
    const names = open.get(`${handle}`).names.splice(0);
    if (names.length === 0) sftp.status(id, STATUS_CODE.EOF);
    else sftp.name(id, names.map((filename) => ({ filename, longname: filename, attrs: statSync(pathOf(filename)) })));
  });
  order('WRITE', (handle, offset, data) => writeSync(open.get(`${handle}`).fd, data, 0, data.length, offset));
  order('FSETSTAT', () => {});
  order('REMOVE', (name) => rmSync(pathOf(name)));
  order('CLOSE', (handle) => {
    const { fd } = open.get(`${handle}`);
    if (fd !== undefined) closeSync(fd);
    open.delete(`${handle}`);
  });
}
