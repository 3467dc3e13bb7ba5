import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort, ownFile, ownFolder, runOnce, startDaemon } from './daemon.mjs';

/** Files that come with the server: messages, and the statements that create its system tables. Newer versions call it mariadb. */
function share(file) {
  const folder = ['mariadb', 'mysql'].map((name) => join(dirname(realpathSync(file)), '../share', name)).find((path) => existsSync(path));
  if (!folder) throw new Error(`nothing that belongs to ${file} was found`);
  const names = readdirSync(folder);
  const script = (end) => readFileSync(join(folder, names.find((name) => name.endsWith(end))), 'utf8');
  return { folder, tables: ['_system_tables.sql', '_performance_tables.sql', '_system_tables_data.sql'].map(script) };
}

export async function startMariadb({ file, env }, folder, certificate) {
  const access = { user: 'tester', password: 'secret', database: 'work' };
  const { folder: messages, tables } = share(file);
  const data = ownFolder(join(folder, 'data'));
  const common = ['--no-defaults', `--datadir=${data}`, `--lc-messages-dir=${messages}`, '--innodb-use-native-aio=0', '--innodb-flush-log-at-trx-commit=0'];
  const statements = [
    'create database mysql;\nuse mysql;',
    "set @auth_root_socket=NULL;\nset @skip_auth_anonymous=1;\nset @current_hostname='localhost';",
    ...tables,
    'flush privileges;',
    `create user ${access.user} identified by '${access.password}';`,
    `grant all on *.* to ${access.user};`,
    `create database ${access.database};`,
  ];
  await runOnce({ file, env, cwd: folder, args: [...common, '--bootstrap'] }, `${statements.join('\n')}\n`);
  const port = await freePort();
  const path = join(folder, 'socket');
  const args = [
    ...common,
    `--socket=${path}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--max-allowed-packet=64M',
    '--local-infile=1',
    `--ssl-cert=${ownFile(certificate.cert, join(folder, 'certificate.pem'))}`,
    `--ssl-key=${ownFile(certificate.key, join(folder, 'key.pem'))}`,
  ];
  const stop = await startDaemon({ file, env, args, cwd: folder }, 'ready for connections');
  return { stop, where: { host: '127.0.0.1', port, path, ...access } };
}
