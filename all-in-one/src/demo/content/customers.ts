/** Somebody whose devices the centre repairs; with `login`, somebody of them uses the portal. */
export interface DemoCustomer {
  readonly name: string;
  readonly surname?: string;
  readonly type: 'INDIVIDUAL' | 'BUSINESS' | 'EDUCATION' | 'NONPROFIT';
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly vatNumber?: string;
  readonly login?: string;
  /** Another one, whom the first invites. */
  readonly colleague?: Readonly<Record<'name' | 'email', string>>;
  readonly locale?: string;
}

type Row = readonly [
  name: string,
  surname: string | undefined,
  email: string,
  phone: string,
  street: string,
  town: string,
  more?: Partial<DemoCustomer>,
];

const TOWNS: Readonly<Record<string, readonly [city: string, state: string, postalCode: string]>> = {
  MO: ['Modena', 'MO', '41121'],
  CA: ['Carpi', 'MO', '41012'],
  SA: ['Sassuolo', 'MO', '41049'],
  FO: ['Formigine', 'MO', '41043'],
  VI: ['Vignola', 'MO', '41058'],
  RE: ['Reggio Emilia', 'RE', '42121'],
  BO: ['Bologna', 'BO', '40121'],
};

const ROWS: readonly Row[] = [
  [
    'Ceramiche Panaro S.r.l.',
    undefined,
    'it@ceramichepanaro.example',
    '+39 0536 801122',
    'Via Radici in Piano 215',
    'SA',
    {
      type: 'BUSINESS',
      vatNumber: '00743110157',
      login: 'Elisa Cavani',
      colleague: { name: 'Matteo Gozzi', email: 'matteo.gozzi@ceramichepanaro.example' },
    },
  ],
  [
    'Studio Legale Bertoni',
    undefined,
    'segreteria@studiobertoni.example',
    '+39 059 223344',
    'Corso Canalgrande 42',
    'MO',
    { type: 'BUSINESS', vatNumber: '01234567897', login: 'Franca Bertoni' },
  ],
  [
    'Pedroni Motors S.p.A.',
    undefined,
    'ced@pedronimotors.example',
    '+39 059 334455',
    'Via Emilia Est 1020',
    'MO',
    { type: 'BUSINESS', vatNumber: '02345678904', login: 'Stefano Pedroni' },
  ],
  [
    'Istituto Comprensivo Muratori',
    undefined,
    'laboratorio@icmuratori.example',
    '+39 0536 556677',
    'Via Cesare Battisti 8',
    'VI',
    { type: 'EDUCATION', login: 'Rita Solmi' },
  ],
  [
    'Northgate Translations Ltd',
    undefined,
    'office@northgate.example',
    '+39 051 667788',
    'Via Rizzoli 3',
    'BO',
    {
      type: 'BUSINESS',
      vatNumber: '06789012348',
      login: 'Helen Marsh',
      locale: 'en',
      colleague: { name: 'Tom Ellison', email: 'tom@northgate.example' },
    },
  ],
  [
    'Farmacia San Geminiano',
    undefined,
    'farmacia@sangeminiano.example',
    '+39 059 445566',
    'Via Emilia Centro 190',
    'MO',
    { type: 'BUSINESS', vatNumber: '03456789019', login: 'Alberto Roli' },
  ],
  ['Marta', 'Lugli', 'marta.lugli@posta.example', '+39 347 1122334', 'Via Giardini 77', 'MO', { login: 'Marta Lugli' }],
  [
    'Oliver',
    'Bennett',
    'oliver.bennett@mail.example',
    '+39 345 9988776',
    'Viale Berengario 12',
    'MO',
    { login: 'Oliver Bennett', locale: 'en' },
  ],
  ['Francesco', 'Malagoli', 'f.malagoli@posta.example', '+39 340 5566778', 'Via Nonantolana 301', 'MO'],
  ['Silvia', 'Tosi', 'silvia.tosi@posta.example', '+39 338 7766554', 'Via Peruzzi 22', 'CA'],
  ['Roberto', 'Gherardi', 'roberto.gherardi@posta.example', '+39 335 1212343', 'Via Giardini Nord 5', 'FO'],
  ['Hannah', 'Clarke', 'hannah.clarke@mail.example', '+39 351 4455667', 'Via Saragozza 64', 'BO'],
  ['Lorenzo', 'Bulgarelli', 'l.bulgarelli@posta.example', '+39 349 3434565', 'Via Vignolese 540', 'MO'],
  ['Teresa', 'Amadei', 'teresa.amadei@posta.example', '+39 328 9090901', 'Via Resistenza 19', 'VI'],
  ['Davide', 'Corradini', 'davide.corradini@posta.example', '+39 333 5656787', 'Via Roma 31', 'RE'],
  [
    'Panificio Fratelli Rossi',
    undefined,
    'ordini@panificiorossi.example',
    '+39 059 778899',
    'Via Canaletto Sud 88',
    'MO',
    { type: 'BUSINESS', vatNumber: '04567890126' },
  ],
  [
    'Agriturismo Le Querce',
    undefined,
    'info@lequerce.example',
    '+39 059 889900',
    'Via Castelnuovo 14',
    'VI',
    { type: 'BUSINESS', vatNumber: '05678901231' },
  ],
  ['Associazione Il Faro ODV', undefined, 'segreteria@ilfaro.example', '+39 059 990011', 'Via Ganaceto 113', 'MO', { type: 'NONPROFIT' }],
  ['Greta', 'Zini', 'greta.zini@posta.example', '+39 346 2323454', 'Via Canalino 61', 'MO'],
  ['Simone', 'Ferri', 'simone.ferri@posta.example', '+39 342 8787651', 'Via Catellani 4', 'CA'],
  ['Natalie', 'Brooks', 'natalie.brooks@mail.example', '+39 350 6767892', 'Piazza Grande 9', 'MO'],
  ['Enrico', 'Barbieri', 'enrico.barbieri@posta.example', '+39 339 4545671', 'Via San Faustino 155', 'MO'],
  ['Valentina', 'Setti', 'valentina.setti@posta.example', '+39 331 1717282', 'Via Trento Trieste 20', 'FO'],
  ['Ivan', 'Pellegrini', 'ivan.pellegrini@posta.example', '+39 348 9393841', 'Via Pia 48', 'SA'],
  ['Claudia', 'Rinaldi', 'claudia.rinaldi@posta.example', '+39 334 6060612', 'Via Buon Pastore 230', 'MO'],
];

export const CUSTOMERS: readonly DemoCustomer[] = ROWS.map(([name, surname, email, phone, street, town, more]) => {
  const [city, state, postalCode] = TOWNS[town] ?? ['Modena', 'MO', '41121'];
  const person = surname === undefined ? {} : { surname };
  return { name, ...person, type: 'INDIVIDUAL', email, phone, street, city, state, postalCode, ...more };
});
