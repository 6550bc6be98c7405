/** A simple type of text: what it is made from, and what it is held to. */
const text = (name: string, base: string, pattern: string): string =>
  `<xs:simpleType name="${name}"><xs:restriction base="${base}"><xs:pattern value="${pattern}"/></xs:restriction></xs:simpleType>`;

/** Text of the characters up to U+007F. */
const basic = (name: string, from: number, to: number): string => text(name, 'Words', `\\p{IsBasicLatin}{${from},${to}}`);

/** Text of the characters up to U+00FF. */
const latin = (name: string, to: number): string => text(name, 'Words', `[\\p{IsBasicLatin}\\p{IsLatin-1Supplement}]{1,${to}}`);

const oneOf = (name: string, ...values: readonly string[]): string => {
  const options = values.map((value) => `<xs:enumeration value="${value}"/>`).join('');
  return `<xs:simpleType name="${name}"><xs:restriction base="xs:string">${options}</xs:restriction></xs:simpleType>`;
};

/**
 * Kinds of values. The schema of the tax office lets a single blank pass as text, a time zone as part of a date, an address
 * without a dot as PEC, and regimes, reasons and methods that no centre has; this one does not.
 */
export const SCHEMA_TYPES = [
  text('Words', 'xs:normalizedString', '.*\\S.*'),
  basic('Basic8', 1, 8),
  basic('Basic10', 1, 10),
  basic('Basic20', 1, 20),
  latin('Latin60', 60),
  latin('Latin80', 80),
  latin('Latin100', 100),
  latin('Latin200', 200),
  latin('Latin1000', 1_000),
  text('Amount', 'xs:decimal', '-?\\d{1,11}\\.\\d{2}'),
  text('Price', 'xs:decimal', '-?\\d{1,11}\\.\\d{2,8}'),
  text('Quantity', 'xs:decimal', '\\d{1,12}\\.\\d{2,8}'),
  '<xs:simpleType name="Rate"><xs:restriction base="xs:decimal"><xs:maxInclusive value="100.00"/><xs:pattern value="\\d{1,3}\\.\\d{2}"/></xs:restriction></xs:simpleType>',
  '<xs:simpleType name="Day"><xs:restriction base="xs:date"><xs:minInclusive value="1970-01-01"/><xs:pattern value="\\d{4}-\\d{2}-\\d{2}"/></xs:restriction></xs:simpleType>',
  '<xs:simpleType name="LineNumber"><xs:restriction base="xs:integer"><xs:minInclusive value="1"/><xs:maxInclusive value="9999"/></xs:restriction></xs:simpleType>',
  text('Country', 'xs:string', '[A-Z]{2}'),
  text('Province', 'xs:string', '[A-Z]{2}'),
  text('PostalCode', 'xs:string', '\\d{5}'),
  text('Currency', 'xs:string', 'EUR'),
  text('FiscalNumber', 'xs:string', '[A-Za-z0-9]{1,28}'),
  text('FiscalCode', 'xs:string', '[A-Z0-9]{11,16}'),
  text('RecipientCode', 'xs:string', '[A-Z0-9]{6,7}'),
  text('Phone', 'Words', '\\p{IsBasicLatin}{5,12}'),
  text('Mail', 'xs:string', '[!-~]+@[!-~]+\\.[!-~]+'),
  text('Iban', 'xs:string', '[A-Z]{2}\\d{2}[A-Z0-9]{11,30}'),
  oneOf('Format', 'FPR12', 'FPA12'),
  oneOf('DocumentType', 'TD01', 'TD04'),
  oneOf('Regime', 'RF01', 'RF02', 'RF14', 'RF17', 'RF18', 'RF19', 'RF20'),
  oneOf('Exemption', 'N1', 'N2.1', 'N2.2', 'N3.5', 'N3.6', 'N4', 'N5', 'N6.7', 'N6.9', 'N7'),
  oneOf('Terms', 'TP01', 'TP02', 'TP03'),
  oneOf('Method', 'MP01', 'MP05', 'MP08'),
  oneOf('Owed', 'I', 'D'),
  oneOf('Yes', 'SI'),
  oneOf('Discount', 'SC'),
  oneOf('Shareholders', 'SU', 'SM'),
  oneOf('Liquidation', 'LS', 'LN'),
].join('\n  ');
