import type { Identity, Person } from './person.js';
import type { Days } from './days.js';
import type { Dice } from './dice.js';
import type { DemoCustomer } from './content/customers.js';
import type { DemoModel } from './content/devices.js';

export interface Device {
  readonly id: string;
  readonly model: DemoModel;
  readonly serialNumber: string;
}

/** A customer of the centre, who they are in the portal, and what they own. */
export interface Client {
  readonly id: string;
  readonly data: DemoCustomer;
  readonly locationId: string;
  readonly portal?: Person;
  /** Somebody else of theirs, who may less. */
  readonly colleague?: Person;
  readonly devices: readonly Device[];
}

/** Everybody and everything that stories are about. */
export interface World {
  readonly days: Days;
  readonly dice: Dice;
  readonly now: () => Date;
  readonly personOf: (identity: Identity) => Person;
  readonly settle: () => Promise<void>;
  readonly owner: Person;
  /** By the key of `STAFF`. */
  readonly staff: ReadonlyMap<string, Person>;
  readonly clients: readonly Client[];
  /** Ids of parts by SKU. */
  readonly parts: ReadonlyMap<string, string>;
  readonly vehicles: readonly string[];
}

export const staffMember = ({ staff }: Pick<World, 'staff'>, key: string): Person => {
  const found = staff.get(key);
  if (found === undefined) throw new Error(`the demo has no ${key}`);
  return found;
};

/** Whoever of the staff has this id. */
export const byId = ({ staff }: Pick<World, 'staff'>, id: string | undefined): Person | undefined =>
  [...staff.values()].find((person) => person.id === id);

/** Who stands at the desk. */
export const anybodyAtDesk = (world: World): Person => staffMember(world, world.dice.one(['desk1', 'desk2', 'desk3']));
