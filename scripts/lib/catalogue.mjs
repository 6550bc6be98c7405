/**
 * The services that `npm run start:services` starts, in order. A service's port is SERVICE_PORT_BASE + `offset`, each
 * further instance ten higher; the embedded database has offset 0. docker-compose.yml uses the same ports.
 */
export const services = [
  { name: 'auth', offset: 1 },
  { name: 'tickets', offset: 2, instances: 'TICKETS_INSTANCES' },
  { name: 'assets', offset: 3 },
  { name: 'notifications', offset: 4 },
  { name: 'reports', offset: 5 },
];

export const databaseOffset = 0;

/** The variable that tells other services where this one is: `AUTH_URL`. */
export const urlVariable = (name) => `${name.toUpperCase().replaceAll('-', '_')}_URL`;
