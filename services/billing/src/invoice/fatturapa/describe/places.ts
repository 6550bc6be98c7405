/** Countries and provinces as people write them, and as the tax office wants them. */

/** Languages in which people write the name of a country. */
const LANGUAGES = ['en', 'it', 'de', 'fr', 'es'];
/** Names and codes that those languages do not give. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  ITA: 'IT',
  SMR: 'SM',
  UK: 'GB',
  ENGLAND: 'GB',
  SCOTLAND: 'GB',
  'GREAT BRITAIN': 'GB',
  INGHILTERRA: 'GB',
  HOLLAND: 'NL',
  OLANDA: 'NL',
  USA: 'US',
  'U.S.A.': 'US',
  TURKEY: 'TR',
  'CZECH REPUBLIC': 'CZ',
  EL: 'GR',
};
/** Codes that name no country. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB', 'AC', 'CP', 'DG', 'EA', 'IC', 'TA', 'CQ']);
const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

const key = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toUpperCase();

const CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter((code) => !NO_COUNTRY.has(code));

const COUNTRIES: ReadonlyMap<string, string> = new Map([
  ...LANGUAGES.flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    return CODES.flatMap((code): readonly (readonly [string, string])[] => {
      // Codes of former countries get the name of their successor, and that one keeps its own code.
      const isCurrent =
        new Intl.Locale('und', { region: code }).maximize().region === code && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
      const name = isCurrent ? names.of(code) : undefined;
      return name === undefined
        ? []
        : [
            [key(name), code],
            [code, code],
          ];
    });
  }),
  ...Object.entries(OTHER_NAMES),
]);

/** ISO 3166-1 alpha-2: `Germania`, `Deutschland` and `de` are `DE`. `undefined`: no country is called that. */
export const countryCode = (country: string): string | undefined => COUNTRIES.get(key(country));

/** Members of the EU in whose VAT area a business has a number of its own country. */
const EU = new Set(
  [
    'AT',
    'BE',
    'BG',
    'CY',
    'CZ',
    'DE',
    'DK',
    'EE',
    'ES',
    'FI',
    'FR',
    'GR',
    'HR',
    'HU',
    'IE',
    'IT',
    'LT',
    'LU',
    'LV',
    'MT',
    'NL',
    'PL',
  ].concat(['PT', 'RO', 'SE', 'SI', 'SK']),
);
export const isInEu = (country: string): boolean => EU.has(country);

const PROVINCES = `Agrigento AG,Alessandria AL,Ancona AN,Aosta AO,Arezzo AR,Ascoli Piceno AP,Asti AT,Avellino AV,Bari BA,
Barletta-Andria-Trani BT,Belluno BL,Benevento BN,Bergamo BG,Biella BI,Bologna BO,Bolzano BZ,Brescia BS,Brindisi BR,Cagliari CA,
Caltanissetta CL,Campobasso CB,Caserta CE,Catania CT,Catanzaro CZ,Chieti CH,Como CO,Cosenza CS,Cremona CR,Crotone KR,Cuneo CN,Enna EN,
Fermo FM,Ferrara FE,Firenze FI,Foggia FG,Forlì-Cesena FC,Frosinone FR,Genova GE,Gorizia GO,Grosseto GR,Imperia IM,Isernia IS,
La Spezia SP,L'Aquila AQ,Latina LT,Lecce LE,Lecco LC,Livorno LI,Lodi LO,Lucca LU,Macerata MC,Mantova MN,Massa-Carrara MS,Matera MT,
Messina ME,Milano MI,Modena MO,Monza e della Brianza MB,Monza e Brianza MB,Napoli NA,Novara NO,Nuoro NU,Oristano OR,Padova PD,Palermo PA,
Parma PR,Pavia PV,Perugia PG,Pesaro e Urbino PU,Pescara PE,Piacenza PC,Pisa PI,Pistoia PT,Pordenone PN,Potenza PZ,Prato PO,Ragusa RG,
Ravenna RA,Reggio Calabria RC,Reggio Emilia RE,Reggio nell'Emilia RE,Rieti RI,Rimini RN,Roma RM,Rovigo RO,Salerno SA,Sassari SS,
Savona SV,Siena SI,Siracusa SR,Sondrio SO,Sud Sardegna SU,Taranto TA,Teramo TE,Terni TR,Torino TO,Trapani TP,Trento TN,Treviso TV,
Trieste TS,Udine UD,Varese VA,Venezia VE,Verbano-Cusio-Ossola VB,Vercelli VC,Verona VR,Vibo Valentia VV,Vicenza VI,Viterbo VT,
Valle d'Aosta AO,Milan MI,Rome RM,Turin TO,Naples NA,Florence FI,Venice VE,Genoa GE`;

const provinceKey = (text: string): string => key(text).replace(/[’]/g, "'");

const PROVINCE_CODES: ReadonlyMap<string, string> = new Map(
  PROVINCES.split(',').map((entry) => {
    const name = entry.trim();
    return [provinceKey(name.slice(0, -3)), name.slice(-2)];
  }),
);

/** The two letters of an Italian province: `Modena` and `mo` are `MO`. A region is none. */
export const provinceCode = (state: string): string | undefined => {
  const name = provinceKey(state);
  return /^[A-Z]{2}$/.test(name) ? name : PROVINCE_CODES.get(name);
};
