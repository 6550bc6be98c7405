import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface ComposeService {
  readonly image?: string;
  readonly build?: unknown;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly healthcheck?: { readonly test: readonly string[] };
  /** `on-failure`: it does one thing and ends. */
  readonly restart?: string;
  readonly ports?: readonly string[];
  readonly container_name?: string;
  readonly hostname?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
}

/** docker-compose.yml with its anchors merged, variables as they are written. */
export const readCompose = async (tree: string): Promise<ComposeFile> =>
  parse(await readFile(join(tree, 'docker-compose.yml'), 'utf8'), { merge: true }) as ComposeFile;

const variable = /\$\{(?<name>\w+)(?:(?<operator>:[-?])(?<rest>[^}]*))?\}/g;

/** Fills in `${NAME}`, `${NAME:-default}` and `${NAME:?message}` as Compose does; throws the message. */
export const interpolate = (text: string, env: Readonly<Record<string, string>>): string =>
  text.replace(variable, (_, name: string, operator: string | undefined, rest: string | undefined) => {
    const value = env[name];
    if (value !== undefined && value !== '') return value;
    if (operator === ':?') throw new Error(`${name}: ${rest ?? ''}`);
    return rest ?? '';
  });

/** The variables of a .env file; double quotes allow `\n`. */
export const readEnvFile = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => /^\w+=/.test(line))
      .map((line) => {
        const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
        return [name, value.startsWith('"') ? value.slice(1, -1).replaceAll('\\n', '\n') : value];
      }),
  );
