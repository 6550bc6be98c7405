import type { Role } from '@riparo/shared/contracts/roles';
import type { Skill } from '@riparo/shared/contracts/enums';

export interface StaffMember {
  readonly key: string;
  readonly name: string;
  readonly role: Role;
  readonly phone: string;
  readonly skills?: readonly Skill[];
  readonly certifications?: readonly string[];
}

export const MAIL_DOMAIN = 'officinadigitale.example';

/** The owner, made at the first start. */
export const OWNER = { key: 'owner', name: 'Anna Ferrari', email: `anna.ferrari@${MAIL_DOMAIN}` };

export const STAFF: readonly StaffMember[] = [
  { key: 'manager', name: 'Paolo Benassi', role: 'ADMIN', phone: '+39 059 217301' },
  { key: 'desk1', name: 'Giulia Montanari', role: 'AGENT', phone: '+39 059 217302' },
  { key: 'desk2', name: 'Daniele Costa', role: 'AGENT', phone: '+39 059 217303' },
  { key: 'desk3', name: 'Emma Whitfield', role: 'AGENT', phone: '+39 059 217304' },
  {
    key: 'bench1',
    name: 'Luca Morandi',
    role: 'TECH',
    phone: '+39 333 2174405',
    skills: ['HARDWARE', 'QUESTION', 'OTHER'],
    certifications: ['CompTIA A+'],
  },
  { key: 'bench2', name: 'Chiara Neri', role: 'TECH', phone: '+39 333 2174406', skills: ['HARDWARE', 'SOFTWARE', 'ACCOUNT'] },
  { key: 'bench3', name: 'Matteo Gualtieri', role: 'TECH', phone: '+39 333 2174407', skills: ['HARDWARE', 'SOFTWARE', 'OTHER'] },
  {
    key: 'engineer1',
    name: 'Sara Vecchi',
    role: 'ENGINEER',
    phone: '+39 333 2174408',
    skills: ['HARDWARE', 'SOFTWARE', 'NETWORK'],
    certifications: ['CCNA', 'Microsoft 365 Administrator'],
  },
  {
    key: 'engineer2',
    name: 'Marco Zanasi',
    role: 'ENGINEER',
    phone: '+39 333 2174409',
    skills: ['NETWORK', 'SOFTWARE', 'ACCOUNT', 'QUESTION'],
    certifications: ['MikroTik MTCNA'],
  },
  {
    key: 'engineer3',
    name: 'James Holloway',
    role: 'ENGINEER',
    phone: '+39 333 2174410',
    skills: ['HARDWARE', 'SOFTWARE', 'NETWORK', 'ACCOUNT', 'QUESTION', 'OTHER'],
  },
];
