import { packages, root } from './workspace.mjs';

/** Those whose ports everybody knows by heart; further services follow in alphabetical order. */
const first = ['auth', 'tickets', 'assets', 'notifications', 'reports', 'billing'];

/**
 * The services that `npm run start:services` starts, `{ name, offset, instances }`, from the folders under services/.
 * A service's port is SERVICE_PORT_BASE + `offset`, each further instance ten higher; the embedded database has offset
 * 0. `<NAME>_INSTANCES` says how many processes of one run side by side.
 */
export const catalogue = (env, top = root) => {
  const names = packages(top)
    .filter(({ folder }) => folder.startsWith('services/'))
    .map(({ name }) => name)
    .sort();
  const ordered = [...first.filter((name) => names.includes(name)), ...names.filter((name) => !first.includes(name))];
  return ordered.map((name, index) => ({
    name,
    offset: index + 1,
    instances: Number(env[`${variableOf(name)}_INSTANCES`] ?? (name === 'tickets' ? 2 : 1)),
  }));
};

export const databaseOffset = 0;

const variableOf = (name) => name.toUpperCase().replaceAll('-', '_');

/** The variable that tells other services where this one is: `AUTH_URL`. */
export const urlVariable = (name) => `${variableOf(name)}_URL`;
