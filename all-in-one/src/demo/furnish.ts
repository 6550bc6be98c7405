import { CUSTOMERS, type DemoCustomer } from './content/customers.js';
import { MODELS, type DemoModel } from './content/devices.js';
import { PARTS } from './content/parts.js';
import { MAIL_DOMAIN, OWNER, STAFF } from './content/staff.js';
import type { Dice } from './dice.js';
import type { Person } from './person.js';
import type { Client, Device, World } from './world.js';

/** What the filling has at hand before there is anybody. */
export interface Bare extends Pick<World, 'days' | 'dice' | 'now' | 'personOf' | 'settle' | 'owner'> {
  /** The link in the newest mail about the account of this address, and no other one. */
  readonly tokenFor: (email: string) => string;
  /** Some minutes pass. */
  readonly pass: (minutes: number) => void;
}

interface Made {
  readonly id: string;
}

export const PASSWORD = 'riparo-demo-2026';

const hours = [
  { start: '09:00', end: '13:00' },
  { start: '14:00', end: '18:00' },
];
const AVAILABILITY = { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours };

const SETTINGS = {
  companyName: 'Officina Digitale Modena',
  address: 'Via Emilia Est 418, 41121 Modena',
  contactEmail: `banco@${MAIL_DOMAIN}`,
  contactPhone: '+39 059 217300',
  brandColour: '#0b6e4f',
  locale: 'it-IT',
  fiscalIdentity: {
    legalName: 'Officina Digitale Modena S.r.l.',
    vatNumber: '00743110157',
    taxRegime: 'RF01',
    street: 'Via Emilia Est',
    streetNumber: '418',
    postalCode: '41121',
    city: 'Modena',
    province: 'MO',
    country: 'IT',
    pec: `officinadigitale@pec.${MAIL_DOMAIN}`,
    iban: 'IT60X0542811101000000123456',
    bankName: 'Banca di Modena',
  },
  invoiceTerms: { vatRate: 22, dueDays: 30, chargesStampDuty: true, series: 'A' },
  workWarranty: { labourMonths: 3, partsMonths: 12 },
  pickupTerms: { daysToCollect: 15, noticeDays: [7, 20, 40], storageFeePerDay: 100, storageFeeCap: 3_000, daysAfterLastNotice: 15 },
  workTerms: { labourPerHour: 6_000, labourStepMinutes: 15, travelPerKm: 80, callOutFee: 3_000, approval: 'ONSITE_VISITS' },
};

/** The mailed link sets the password. */
const accept = async ({ owner, tokenFor, settle }: Bare, email: string, name: string): Promise<void> => {
  await settle();
  await owner.post('/auth/accept-invitation', { token: tokenFor(email), name, password: PASSWORD });
  await settle();
};

const emailOf = (name: string): string => `${name.toLowerCase().replace(' ', '.')}@${MAIL_DOMAIN}`;

/** Settings first, then everybody who works here: invited by the owner, at home after a few minutes. */
export const hireStaff = async (bare: Bare): Promise<ReadonlyMap<string, Person>> => {
  const { owner, personOf, pass, settle } = bare;
  await owner.patch('/auth/me', { name: OWNER.name, locale: 'it-IT' });
  const { version: _version, updatedAt: _updatedAt, ...kept } = await owner.get<Readonly<Record<string, unknown>>>('/settings');
  await owner.put('/settings', { ...kept, ...SETTINGS });
  const staff = new Map<string, Person>([[OWNER.key, owner]]);
  for (const { key, name, role, phone, skills, certifications } of STAFF) {
    pass(15);
    const technician = skills === undefined ? {} : { skills, availability: AVAILABILITY, defaultRegion: 'Modena' };
    const email = emailOf(name);
    const more = certifications === undefined ? {} : { certifications };
    const { id } = await owner.post<Made>('/users', { email, role, name, phone, locale: 'it-IT', ...technician, ...more });
    await accept(bare, email, name);
    staff.set(key, personOf({ id, role, name, email }));
  }
  for (const [name, role] of [
    ['Nicola Bergonzini', 'TECH'],
    ['Fabio Lusuardi', 'ENGINEER'],
  ] as const) {
    pass(15);
    await owner.post('/auth/register/staff', { email: emailOf(name), password: PASSWORD, name, role, skills: ['HARDWARE'] });
  }
  await settle();
  const [refused] = (await owner.get<readonly Made[]>('/registrations?status=PENDING')).slice(-1);
  await owner.post(`/registrations/${refused?.id}/reject`, { reason: 'Al momento non ci sono posti liberi in laboratorio.' });
  return staff;
};

const serialOf = ({ serial }: DemoModel, dice: Dice): string =>
  serial.replace(/[#@]/g, (place) => dice.one(Array.from(place === '#' ? '0123456789' : 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789')));

const registerDevices = async (bare: Bare, desk: Person, { data, id, locationId }: Omit<Client, 'devices'>): Promise<readonly Device[]> => {
  const { dice } = bare;
  const isPerson = data.type === 'INDIVIDUAL';
  const fitting = MODELS.filter(({ category }) => !isPerson || !['SERVER', 'NETWORK', 'DESKTOP'].includes(category));
  const devices: Device[] = [];
  for (let count = isPerson ? dice.between(1, 3) : dice.between(4, 6); count > 0; count--) {
    const model = dice.one(fitting);
    const serialNumber = serialOf(model, dice);
    const friendlyName = isPerson ? `${model.nick} di ${data.name}` : `${model.nick} ${count}`;
    const { category, brand, model: name, os } = model;
    const purchaseDate = `${dice.between(2021, 2025)}-0${dice.between(1, 9)}-1${dice.between(0, 9)}`;
    const system = os === undefined ? {} : { os };
    const asset = { customerId: id, locationId, friendlyName, category, brand, model: name, serialNumber, purchaseDate, ...system };
    devices.push({ id: (await desk.post<Made>('/assets', asset)).id, model, serialNumber });
  }
  return devices;
};

const addressOf = ({ street, city, state, postalCode }: DemoCustomer) => ({ city, state, postalCode, country: 'IT', line1: street });

/** A customer comes to the desk, or is given a login for the portal. */
const welcome = async (bare: Bare, desk: Person, data: DemoCustomer): Promise<Client> => {
  const { owner, personOf, settle, pass } = bare;
  const { type, name, surname, email, phone, vatNumber, login, locale = 'it-IT' } = data;
  pass(10);
  const { line1, ...town } = addressOf(data);
  const identity = { ...(surname === undefined ? {} : { surname }), ...(vatNumber === undefined ? {} : { vatNumber, sdiCode: '0000000' }) };
  const { id } = await desk.post<Made>('/customers', {
    ...{ type, name, contactEmail: email, contactPhone: phone, billingAddress: { line1, ...town } },
    ...identity,
  });
  await settle();
  const place = { customerId: id, name: type === 'INDIVIDUAL' ? 'Casa' : 'Sede', addressLine1: line1, ...town };
  const { id: locationId } = await desk.post<Made>('/locations', place);
  const client = { id, data, locationId };
  const devices = await registerDevices(bare, desk, client);
  if (login === undefined) return { ...client, devices };
  const { id: userId } = await owner.post<Made>('/users', { email, role: 'CUSTOMER_ADMIN', name: login, customerId: id, locale });
  await accept(bare, email, login);
  const portal = personOf({ id: userId, role: 'CUSTOMER_ADMIN', name: login, email, customerId: id });
  if (data.colleague === undefined) return { ...client, devices, portal };
  return { ...client, devices, portal, colleague: await inviteColleague(bare, portal, { ...data.colleague, customerId: id, locale }) };
};

/** The customer's manager invites whoever else may use the portal. */
const inviteColleague = async (
  bare: Bare,
  portal: Person,
  who: Readonly<Record<'name' | 'email' | 'customerId' | 'locale', string>>,
): Promise<Person> => {
  const { id } = await portal.post<Made>('/users', { ...who, role: 'CUSTOMER_USER' });
  await accept(bare, who.email, who.name);
  return bare.personOf({ id, role: 'CUSTOMER_USER', name: who.name, email: who.email, customerId: who.customerId });
};

export const welcomeClients = async (bare: Bare, desk: Person): Promise<readonly Client[]> => {
  const clients: Client[] = [];
  for (const data of CUSTOMERS) clients.push(await welcome(bare, desk, data));
  return clients;
};

/** Parts on their shelves and cars in the yard. */
export const stockUp = async ({ pass }: Bare, desk: Person): Promise<Pick<World, 'parts' | 'vehicles'>> => {
  const parts = new Map<string, string>();
  for (const [index, { stock, ...part }] of PARTS.entries()) {
    const { id } = await desk.post<Made>('/parts', { ...part, vatRate: 22, shelf: `S${1 + (index % 4)}-${index}`, warrantyMonths: 12 });
    parts.set(part.sku, id);
    if (stock > 0) await desk.post(`/parts/${id}/movements`, { kind: 'RECEIPT', quantity: stock, unitCost: part.cost });
  }
  pass(30);
  const vehicles: string[] = [];
  for (const [plate, brand, model, odometerKm, year] of [
    ['FG 418 RM', 'Fiat', 'Doblò', 62_400, 2019],
    ['GC 902 KD', 'Citroën', 'Berlingo', 31_150, 2021],
  ] as const)
    vehicles.push((await desk.post<Made>('/vehicles', { plate, brand, model, odometerKm, year })).id);
  return { parts, vehicles };
};
