import { createLogger } from '@riparo/shared/logging/create-logger';
import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@riparo/shared/config/load-config';
import { billingKeys } from '../src/config.js';
import { describeFatturapa } from '../src/invoice/fatturapa/describe/describe-fatturapa.js';
import { createCheckSchema } from '../src/invoice/fatturapa/schema/check-schema.js';
import { readOfficialSchema, SIGNATURES_FILE } from '../src/invoice/fatturapa/schema/official-schema.js';
import { NAMESPACE } from '../src/invoice/fatturapa/schema/schema.js';
import { writeXml } from '../src/invoice/fatturapa/schema/write-xml.js';
import { buildCreditNote, buildInvoice, buildLine, euros, IDENTITY } from './fatturapa.bench.js';

const checkSchema = createCheckSchema();

/** A document that has everything that can be in one. */
const whole = () =>
  buildInvoice({
    seller: {
      companyName: 'Officina Verdi',
      contactEmail: 'desk@example.test',
      contactPhone: '+39 059 123456',
      fiscalIdentity: {
        ...IDENTITY,
        fiscalCode: '00743110157',
        registerOffice: 'MO',
        registerNumber: '1',
        shareCapital: 100,
        soleShareholder: true,
        iban: 'IT60X0542811101000000123456',
        bankName: 'Banca',
      },
    },
    lines: [buildLine(), buildLine({ kind: 'DISCOUNT', unitPrice: euros(100) }), buildLine({ vatRate: 0, unitPrice: euros(10_000) })],
    vatExemption: 'N4',
    vatExemptionReason: 'Art. 10 DPR 633/72',
    stampDuty: euros(200),
    chargesStampDuty: true,
    settledBefore: [{ method: 'CASH', amount: euros(1000), on: '2026-03-01' }],
    leftToPay: euros(14_978),
  });

const xmlOf = async (invoice = whole()): Promise<string> => (await writeXml(describeFatturapa(invoice, 'R0001'))).toString();

type Change = readonly [what: string, from: RegExp, to: string];

const first = (name: string): RegExp => new RegExp(`<${name}>.*?</${name}>`, 's');
const without = (name: string): Change => [`no ${name}`, first(name), ''];
const holding = (name: string, text: string): Change => [`${name} ${JSON.stringify(text)}`, first(name), `<${name}>${text}</${name}>`];

const REFUSED: readonly Change[] = [
  ...['IdTrasmittente', 'ProgressivoInvio', 'CodiceDestinatario', 'RegimeFiscale', 'Sede', 'CAP', 'Nazione', 'Anagrafica'].map(without),
  ...['TipoDocumento', 'Divisa', 'Data', 'Numero', 'DatiBeniServizi', 'Descrizione', 'PrezzoUnitario', 'Imposta', 'ModalitaPagamento'].map(
    without,
  ),
  holding('ProgressivoInvio', '12345678901'),
  holding('ProgressivoInvio', 'é'),
  holding('CodiceDestinatario', 'abc1234'),
  holding('CodiceDestinatario', '12345'),
  holding('FormatoTrasmissione', 'SDI11'),
  holding('Denominazione', ''),
  holding('Denominazione', ' '),
  holding('Denominazione', 'x'.repeat(81)),
  holding('Descrizione', '10 €'),
  holding('Descrizione', 'l’arte'),
  holding('RegimeFiscale', 'RF03'),
  holding('CAP', '1234'),
  holding('Provincia', 'Modena'),
  holding('Telefono', '+39 059 123456'),
  holding('TipoDocumento', 'TD02'),
  holding('Divisa', 'CHF'),
  holding('Data', '2026-03-02Z'),
  holding('Data', '2026-02-30'),
  holding('Data', '1969-12-31'),
  holding('Numero', 'é1'),
  holding('Numero', '123456789012345678901'),
  holding('ImportoTotaleDocumento', '61'),
  holding('ImportoTotaleDocumento', '1,000.00'),
  holding('ImportoTotaleDocumento', '+61.00'),
  holding('Quantita', '1'),
  holding('Quantita', '-1.00'),
  holding('AliquotaIVA', '22'),
  holding('AliquotaIVA', '100.01'),
  holding('Natura', 'N2'),
  holding('PrezzoUnitario', '1.123456789'),
  holding('NumeroLinea', '0'),
  holding('IBAN', 'IT60 X054 2811 1010 0000 0123 456'),
  holding('ModalitaPagamento', 'MP99'),
  holding('CondizioniPagamento', 'TP04'),
  ['an element that is not known', /<Causale>/, '<Extra>1</Extra><Causale>'],
  ['two elements in another order', /(<TipoDocumento>.*?<\/TipoDocumento>)\s*(<Divisa>.*?<\/Divisa>)/s, '$2$1'],
  ['both kinds of names', /(<Denominazione>.*?<\/Denominazione>)/, '$1<Nome>A</Nome><Cognome>B</Cognome>'],
  ['a name without surname', /<Cognome>.*?<\/Cognome>/, ''],
  ['no attribute versione', / versione="FPR12"/, ''],
  ['elements in the namespace of the root', /xmlns:p="([^"]+)"/, 'xmlns:p="$1" xmlns="$1"'],
  ['another namespace', /fatture\/v1\.2/, 'fatture/v1.0'],
];

describe('schema of electronic invoices', () => {
  it('when all that can be in a document is in it, then it is valid', async () => {
    const xml = await xmlOf();
    for (const name of ['IscrizioneREA', 'Contatti', 'DatiBollo', 'IBAN', 'RiferimentoNormativo', 'TipoCessionePrestazione'])
      expect(xml).to.include(`<${name}>`);
    expect(await checkSchema(Buffer.from(xml))).to.deep.equal([]);
    expect(await checkSchema(Buffer.from(await xmlOf(buildCreditNote())))).to.deep.equal([]);
  });

  it('when a document is written, then no tag is empty and every child is in no namespace', async () => {
    const xml = await xmlOf();
    expect(xml).not.to.match(/<\w+\/>|<(\w+)>\s*<\/\1>/);
    expect(xml.match(/xmlns/g)).to.have.length(1);
    expect(xml).to.match(/^<\?xml version="1.0" encoding="utf-8"\?>\n<p:FatturaElettronica /);
  });

  it('when a document is written twice, then the bytes are the same', async () => {
    const invoice = whole();
    expect(await xmlOf(invoice)).to.equal(await xmlOf(invoice));
  });

  it('when text has signs of XML, then they are escaped', async () => {
    const xml = await xmlOf(buildInvoice({ lines: [buildLine({ description: 'a & b < c > "d"' })] }));
    expect(xml).to.include('a &amp; b &lt; c &gt; "d"');
    expect(await checkSchema(Buffer.from(xml))).to.deep.equal([]);
  });

  for (const [what, from, to] of REFUSED)
    it(`when a document has ${what.slice(0, 60)}, then it is refused`, async () => {
      const xml = await xmlOf();
      const changed = xml.replace(from, to);
      expect(changed).not.to.equal(xml);
      const faults = await checkSchema(Buffer.from(changed));
      expect(faults.map(({ code }) => code)).to.include('00200');
      expect(faults[0]?.element).to.match(/^\//);
    });
});

/** Stands for the schema of the tax office, which is not ours to give out: it wants a signature and nothing else. */
const OFFICIAL = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" targetNamespace="${NAMESPACE}">
  <xs:import namespace="http://www.w3.org/2000/09/xmldsig#" schemaLocation="http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd"/>
  <xs:element name="FatturaElettronica"><xs:complexType><xs:sequence>
    <xs:any processContents="skip" minOccurs="2" maxOccurs="2" namespace="##local"/><xs:element ref="ds:Signature"/>
  </xs:sequence><xs:attribute name="versione"/></xs:complexType></xs:element>
</xs:schema>`;
/** As the one of W3C, it begins with a document type and entities. */
const SIGNATURES = `<!DOCTYPE schema PUBLIC "-//W3C//DTD XMLSchema 200102//EN" "http://www.w3.org/2001/XMLSchema.dtd"
 [<!ATTLIST schema xmlns:ds CDATA #FIXED "http://www.w3.org/2000/09/xmldsig#"><!ENTITY dsig 'http://www.w3.org/2000/09/xmldsig#'>]>
<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" targetNamespace="http://www.w3.org/2000/09/xmldsig#">
  <element name="Signature" type="string"/></schema>`;

describe('the schema of the tax office beside ours', () => {
  let dir: string;
  let path: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'riparo-schema-'));
    path = join(dir, 'official.xsd');
    await Promise.all([writeFile(path, OFFICIAL), writeFile(join(dir, SIGNATURES_FILE), SIGNATURES)]);
  });
  afterEach(() => rm(dir, { recursive: true }));

  const texts: string[] = [];
  const log = createLogger({ name: 'test', level: 'trace', destination: { write: (line) => void texts.push(line) } });

  it('when it is there, then documents are held against both, with the schema of signatures beside it', async () => {
    const check = createCheckSchema(readOfficialSchema(path, log));
    const faults = await check(Buffer.from(await xmlOf()));
    expect(faults).to.have.length(1);
    expect(faults[0]?.message).to.include('Missing child').and.include('schema of the tax office');
    expect(await check(Buffer.from(await xmlOf()))).to.have.length(1);
  });

  it('when it is not the one that is known, then a line of the log says so for each file', () => {
    texts.length = 0;
    readOfficialSchema(path, log);
    const lines = texts.map((line) => JSON.parse(line) as { readonly path: string; readonly sha256: string; readonly known: string });
    expect(lines.map((line) => line.path)).to.deep.equal([path, join(dir, SIGNATURES_FILE)]);
    for (const { sha256, known } of lines) expect(sha256).to.have.length(64).and.not.equal(known);
  });

  it('when a file is missing, then the configuration is refused and names it', async () => {
    const env = { FATTURAPA_SCHEMA: path };
    expect(loadConfig(billingKeys, env).FATTURAPA_SCHEMA).to.equal(path);
    await rm(join(dir, SIGNATURES_FILE));
    expect(() => loadConfig(billingKeys, env)).to.throw(SIGNATURES_FILE);
    expect(() => loadConfig(billingKeys, { FATTURAPA_SCHEMA: join(dir, 'no.xsd') })).to.throw('no.xsd');
  });
});
