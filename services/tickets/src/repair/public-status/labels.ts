import type { PublishedSettings } from '@riparo/shared/contracts/auth.events';
import { REPAIR_STATUS_NAMES, REPAIR_STATUS_NAMES_IT } from '@riparo/shared/contracts/enums';
import type { Language } from '@riparo/shared/time/write-time';

/** Texts on receipts and on pages without login, in the centre's language. */
const EN = {
  statuses: REPAIR_STATUS_NAMES,
  receipt: 'Intake receipt',
  repairStatus: 'Repair status',
  number: 'Repair number',
  date: 'Received on',
  customer: 'Customer',
  phone: 'Phone',
  email: 'E-mail',
  device: 'Device',
  serialNumber: 'Serial number',
  warranty: 'Warranty',
  underWarranty: 'Under warranty',
  outOfWarranty: 'Not under warranty',
  accessories: 'Accessories',
  condition: 'Condition',
  problem: 'Problem',
  notes: 'Notes',
  estimate: 'Expected to be done by',
  refusalFee: 'To pay if it is not repaired',
  pickup: 'Collecting the device',
  ready: 'Ready since',
  collected: 'Collected on',
  status: 'Status',
  terms: 'Please bring this receipt when you collect the device. We do not answer for data on it: make a copy before the repair.',
  scan: 'Scan to see how far the repair is.',
  customerSignature: "Customer's signature",
  deskSignature: 'For the service centre',
  page: 'Page',
  of: 'of',
  show: 'Show',
  nothing: 'There is no repair with this number and serial number.',
  twice: 'Please enter one repair number and one serial number. The address of this page has several.',
  tooMany: 'Too many attempts. Please try again later.',
  none: '–',
};
export type Labels = typeof EN;

const IT: Labels = {
  statuses: REPAIR_STATUS_NAMES_IT,
  receipt: 'Ricevuta di accettazione',
  repairStatus: 'Stato della riparazione',
  number: 'Numero pratica',
  date: 'Ricevuto il',
  customer: 'Cliente',
  phone: 'Telefono',
  email: 'E-mail',
  device: 'Dispositivo',
  serialNumber: 'Numero di serie',
  warranty: 'Garanzia',
  underWarranty: 'In garanzia',
  outOfWarranty: 'Fuori garanzia',
  accessories: 'Accessori',
  condition: 'Condizioni',
  problem: 'Difetto segnalato',
  notes: 'Note',
  estimate: 'Pronto presumibilmente entro',
  refusalFee: 'Da pagare se non si ripara',
  pickup: 'Ritiro',
  ready: 'Pronto dal',
  collected: 'Ritirato il',
  status: 'Stato',
  terms:
    'Presentare questa ricevuta al ritiro del dispositivo. Non rispondiamo dei dati in esso contenuti: se ne faccia una copia prima della riparazione.',
  scan: 'Inquadrare per vedere lo stato della riparazione.',
  customerSignature: 'Firma del cliente',
  deskSignature: 'Per il centro assistenza',
  page: 'Pagina',
  of: 'di',
  show: 'Mostra',
  nothing: 'Non esiste una riparazione con questo numero pratica e numero di serie.',
  twice: 'Inserire un solo numero pratica e un solo numero di serie: l’indirizzo di questa pagina ne contiene più di uno.',
  tooMany: 'Troppi tentativi. Riprovare più tardi.',
  none: '–',
};

type Locale = Pick<PublishedSettings, 'locale'>;

export const languageOf = (settings: Locale | undefined): Language => (settings?.locale.startsWith('it') === true ? 'it' : 'en');

export const labelsIn = (language: Language): Labels => (language === 'it' ? IT : EN);

/** English unless the settings name Italian. */
export const labelsFor = (settings: Locale | undefined): Labels => labelsIn(languageOf(settings));
