import { Command, CommanderError } from 'commander';
import { ConfigError, closest, flagOf, settingNames } from '../config/index.js';
import type { MakeGateway } from '../service/index.js';
import { check } from './check-command.js';
import { EXIT } from './exit-codes.js';
import { serve } from './serve-command.js';
import { settingsGiven, settingsHelp, withSettings } from './setting-flags.js';
import { makeToken, writeKeys, type TokenFlags } from './token-commands.js';

/** What the program has of its surroundings. */
export interface Surroundings {
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;
  readonly make: MakeGateway;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const collected = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

/** Runs a command line. Resolves with the exit code. */
export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  const { err } = around;
  const result = { code: EXIT.ok as number };
  const unknown = unknownCommand(args);
  if (unknown !== null) {
    err(unknown);
    return EXIT.usage;
  }
  try {
    await programOf(around, result).parseAsync(args, { from: 'user' });
    return result.code;
  } catch (error) {
    // Commander has said it.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof ConfigError) {
      err(error.problems.join('\n'));
      return EXIT.usage;
    }
    err(`netstrata-gateway: ${(error as Error).message}`);
    return EXIT.failure;
  }
}

const COMMANDS = ['serve', 'check', 'token', 'keys', 'help'];

/** A word without a dash is meant as a command: to commander it is an argument too many of the one that needs no name. */
function unknownCommand(args: readonly string[]): string | null {
  const [word = '-'] = args;
  if (word.startsWith('-') || COMMANDS.includes(word)) return null;
  const meant = closest(word, COMMANDS);
  return `error: there is no command ${JSON.stringify(word.slice(0, 64))}${meant === null ? '' : ` (did you mean ${meant}?)`}\n${SEE_HELP}`;
}

const SEE_HELP = 'See netstrata-gateway --help, or netstrata-gateway help and the name of a command.';

const EXAMPLES = {
  program: [
    ['netstrata-gateway --allow localhost:5432', 'programs and pages of this machine may dial one port of it'],
    ['netstrata-gateway check --config gateway.json', 'what these settings allow'],
    ['netstrata-gateway keys shop', 'a pair of keys for tokens'],
    ['netstrata-gateway token --sub alice --key shop.private.jwk', 'a token for an hour'],
    ['netstrata-gateway --listen :8080 --token-key-file shop.public.jwk --allow db.internal:5432=10.0.0.0/8', 'a gateway for others'],
  ],
  token: [
    ['netstrata-gateway token --sub alice --key shop.private.jwk', 'for an hour, for all that the gateway allows'],
    ['netstrata-gateway token --sub alice --expires 5m --allow db.internal:5432 --key shop.private.jwk', 'for less of both'],
  ],
  keys: [
    ['netstrata-gateway keys shop', 'then: netstrata-gateway --token-key-file shop.public.jwk ...'],
    ['netstrata-gateway keys shop --secret', 'then: netstrata-gateway --token-secret-file shop.secret ...'],
  ],
} as const;

const examplesOf = (name: keyof typeof EXAMPLES): string =>
  ['\nExamples:', ...EXAMPLES[name].map(([line, why]) => `  ${line}\n      ${why}`)].join('\n');

/** Commander knows no flags that it does not show. */
function meantBy(text: string): string {
  const [, flag] = /unknown option '(--[\w-]+)'$/m.exec(text) ?? [];
  const meant = flag === undefined ? null : closest(flag, settingNames.map(flagOf));
  return meant === null ? '' : ` (did you mean ${meant}?)`;
}

function programOf({ version, env, make, out, err }: Surroundings, result: { code: number }): Command {
  const warn = (text: string) => { err(`warning: ${text}`); };
  const program = new Command('netstrata-gateway')
    .description('A gateway from WebSockets to TCP that denies by default')
    .version(version)
    .exitOverride()
    .showHelpAfterError(SEE_HELP)
    .configureOutput({
      writeOut: (text) => { out(text.replace(/\n$/, '')); },
      writeErr: (text) => { err(text.replace(/\n$/, '')); },
      outputError: (text, write) => { write(`${text.trimEnd()}${meantBy(text)}`); },
    })
    .addHelpText('after', `${examplesOf('program')}\n\nFlags of serve and check:\n${settingsHelp}`);
  withSettings(program.command('serve', { isDefault: true }).description('run the gateway (this is what runs without a command)'))
    .action(async (_flags, command: Command) => { result.code = await serve(settingsGiven(command, env), make); });
  withSettings(program.command('check').description('check the settings, and tell what they allow'))
    .action((_flags, command: Command) => { out(check(settingsGiven(command, env), make, warn)); });
  program.command('token').description('make a token')
    .requiredOption('--sub <name>', 'whose it is: limits are counted by it, and logs name it')
    .option('--expires <time>', 'how long it holds: 90s, 5m, 1h, 30d', '1h')
    .option('--allow <rule>', 'a destination that it is good for, if the gateway allows it, too (may be repeated)', collected)
    .option('--allow-listen <rule>', 'an address and ports that it may listen on (may be repeated)', collected)
    .option('--audience <text>', 'for whom it is (aud)')
    .option('--issuer <text>', 'who makes it (iss)')
    .option('--key <file>', 'private key (JWK or PEM): EdDSA')
    .option('--secret-file <file>', 'secret: HS256')
    .addHelpText('after', examplesOf('token'))
    .action(async (flags: TokenFlags) => { out(await makeToken(flags, warn)); });
  program.command('keys').description('make a pair of keys for tokens: <name>.private.jwk and <name>.public.jwk')
    .argument('<name>', 'how the files are called; may begin with the path of a folder')
    .option('--secret', 'a secret for HS256 in place of a pair: <name>.secret')
    .addHelpText('after', examplesOf('keys'))
    .action(async (name: string, flags: { secret?: boolean }) => { out(await writeKeys(name, flags)); });
  return program;
}
