import { expect } from 'chai';
import { checkFile } from '../src/invoice/fatturapa/check/check-document.js';
import { checkFattura } from '../src/invoice/fatturapa/check/check-fattura.js';
import type { Cedente, DetailLine, DocumentData, Fattura, Summary, Trasmissione } from '../src/invoice/fatturapa/fattura.js';
import { buildLine, codesOf, describeOf, euros, IDENTITY } from './fatturapa.bench.js';

/** The bench's document with something else in it. */
const withHeader = (change: {
  readonly transmission?: Partial<Trasmissione>;
  readonly seller?: (seller: Cedente) => Partial<Cedente>;
}): Fattura => {
  const fattura = describeOf();
  const { DatiTrasmissione, CedentePrestatore, ...rest } = fattura.FatturaElettronicaHeader;
  return {
    ...fattura,
    FatturaElettronicaHeader: {
      ...rest,
      DatiTrasmissione: { ...DatiTrasmissione, ...change.transmission },
      CedentePrestatore: { ...CedentePrestatore, ...change.seller?.(CedentePrestatore) },
    },
  };
};

const withBody = (change: {
  readonly document?: Partial<DocumentData>;
  readonly lines?: readonly Partial<DetailLine>[];
  readonly sums?: readonly Partial<Summary>[];
}): Fattura => {
  const fattura = describeOf();
  const { DatiGenerali, DatiBeniServizi, ...rest } = fattura.FatturaElettronicaBody;
  const { DettaglioLinee, DatiRiepilogo } = DatiBeniServizi;
  const [line] = DettaglioLinee;
  const [sum] = DatiRiepilogo;
  return {
    ...fattura,
    FatturaElettronicaBody: {
      ...rest,
      DatiGenerali: { ...DatiGenerali, DatiGeneraliDocumento: { ...DatiGenerali.DatiGeneraliDocumento, ...change.document } },
      DatiBeniServizi: {
        DettaglioLinee: change.lines?.map((each) => ({ ...line!, ...each })) ?? DettaglioLinee,
        DatiRiepilogo: change.sums?.map((each) => ({ ...sum!, ...each })) ?? DatiRiepilogo,
      },
    },
  };
};

const withVat = (IdCodice: string, IdPaese = 'IT') => ({
  seller: ({ DatiAnagrafici }: Cedente) => ({ DatiAnagrafici: { ...DatiAnagrafici, IdFiscaleIVA: { IdPaese, IdCodice } } }),
});

const CREDITED = { IdDocumento: 'A-2026-000001', Data: '2026-03-03' };
const afterwards = (fattura: Fattura): Fattura => ({
  ...fattura,
  FatturaElettronicaBody: {
    ...fattura.FatturaElettronicaBody,
    DatiGenerali: { ...fattura.FatturaElettronicaBody.DatiGenerali, DatiFattureCollegate: CREDITED },
  },
});

const FREE = { AliquotaIVA: '0.00', Natura: 'N4', Imposta: '0.00' };
const TOTAL = { ImportoTotaleDocumento: '50.00' };

const BROKEN: readonly (readonly [code: string, situation: string, fattura: Fattura, ...further: readonly string[]])[] = [
  [
    '00300',
    'the centre transmits under a number that is none',
    withHeader({ transmission: { IdTrasmittente: { IdPaese: 'IT', IdCodice: '123' } } }),
  ],
  ['00301', 'the VAT number of the centre has a wrong check digit', withHeader(withVat('00743110158'))],
  [
    '00302',
    'the fiscal code of the centre is none',
    describeOf({ seller: { companyName: 'V', fiscalIdentity: { ...IDENTITY, fiscalCode: 'RCCMNL83S18D969X' } } }),
    '00300',
  ],
  ['00400', 'a line at 0 % does not say why', describeOf({ lines: [buildLine({ vatRate: 0 })] }), '00429'],
  ['00401', 'a line with VAT says why it has none', withBody({ lines: [{ Natura: 'N4' }] }), '00443', '00422'],
  ['00403', 'the document is of tomorrow', describeOf({ issuedOn: '2026-03-03' })],
  ['00418', 'a credit note is older than its invoice', afterwards(describeOf())],
  ['00419', 'the rate of a line is in no sum', withBody({ lines: [{}, { NumeroLinea: '2', AliquotaIVA: '10.00' }] })],
  ['00421', 'VAT is off by a cent', withBody({ sums: [{ Imposta: '11.01' }], document: { ImportoTotaleDocumento: '61.01' } })],
  ['00421', 'the total is not that of the sums', withBody({ document: { ImportoTotaleDocumento: '61.01' } })],
  ['00421', 'more than some cents are rounded', withBody({ document: { ImportoTotaleDocumento: '61.06', Arrotondamento: '0.06' } })],
  ['00422', 'a sum is off by a euro', withBody({ lines: [{ PrezzoUnitario: '51.00', PrezzoTotale: '51.00' }] })],
  ['00422', 'discounts take off more than is charged', describeOf({ lines: [buildLine({ kind: 'DISCOUNT' })] }), '00421', '00421'],
  ['00423', 'a line is off by a cent', withBody({ lines: [{ PrezzoTotale: '50.01' }] })],
  [
    '00423',
    '3 pieces at a price that was rounded cost 100.00',
    withBody({ lines: [{ PrezzoUnitario: '16.66', Quantita: '3.00', PrezzoTotale: '50.00' }] }),
  ],
  [
    '00424',
    'a rate is a fraction',
    withBody({
      lines: [{ AliquotaIVA: '0.22' }],
      sums: [{ AliquotaIVA: '0.22', Imposta: '0.11' }],
      document: { ImportoTotaleDocumento: '50.11' },
    }),
  ],
  ['00425', 'the number has no digit', withBody({ document: { Numero: 'A' } })],
  ['00427', 'a code of six goes to a private company', withHeader({ transmission: { CodiceDestinatario: 'UFAB12' } })],
  [
    '00427',
    'a code of seven goes to a public body',
    { ...withHeader({ transmission: { FormatoTrasmissione: 'FPA12' } }), versione: 'FPA12' },
  ],
  ['00428', 'the formats differ', { ...describeOf(), versione: 'FPA12' }],
  [
    '00429',
    'a sum at 0 % does not say why',
    withBody({ lines: [FREE], sums: [{ ...FREE, Natura: undefined }], document: TOTAL }),
    '00443',
    '00422',
  ],
  ['00430', 'a sum with VAT says why it has none', withBody({ sums: [{ Natura: 'N4' }] }), '00443', '00422'],
  [
    '00443',
    'the reason of a line is in no sum',
    withBody({ lines: [FREE], sums: [{ ...FREE, Natura: 'N2.2' }], document: TOTAL }),
    '00422',
  ],
  [
    '00445',
    'a reason is one that was split up',
    withBody({ lines: [{ ...FREE, Natura: 'N2' }], sums: [{ ...FREE, Natura: 'N2' }], document: TOTAL }),
    '00445',
  ],
  [
    '00473',
    'the centre is in another country',
    describeOf({ seller: { companyName: 'V', fiscalIdentity: { ...IDENTITY, country: 'SM', vatNumber: '12345' } } }),
    '00300',
    '00301',
  ],
  ['00200', 'the settings did not say who the centre is', describeOf({ seller: { companyName: 'V' } })],
  [
    '00200',
    'the postal code of the centre has six digits',
    describeOf({ seller: { companyName: 'V', fiscalIdentity: { ...IDENTITY, postalCode: '411210' } } }),
  ],
  ['00200', 'it is in another currency', withBody({ document: { Divisa: 'CHF' } })],
  ['00200', 'it has no line', withBody({ lines: [] }), '00422'],
];

describe('checks of the exchange system', () => {
  it('when all is right, then there is no fault', () => {
    expect(codesOf(describeOf())).to.deep.equal([]);
  });

  for (const [code, situation, fattura, ...further] of BROKEN)
    it(`when ${situation}, then it is ${code}`, () => {
      expect(codesOf(fattura)).to.have.members([code, ...further]);
    });

  it('when neither the centre nor the customer is in Italy, then it is 00476', () => {
    const buyer = { type: 'BUSINESS', name: 'GmbH', contactEmail: 'a@example.test', vatNumber: 'DE811907980' } as const;
    const billingAddress = { line1: 'Platz 1', city: 'Berlin', state: 'Berlin', postalCode: '10117', country: 'DE' };
    const seller = { companyName: 'V', fiscalIdentity: { ...IDENTITY, country: 'SM', vatNumber: '12345' } };
    expect(codesOf(describeOf({ seller, buyer: { ...buyer, billingAddress } }))).to.include.members(['00473', '00476']);
  });

  it('when lines and their sum differ by less than a euro, then that passes, as it does there', () => {
    expect(codesOf(withBody({ lines: [{ PrezzoUnitario: '50.99', PrezzoTotale: '50.99' }] }))).to.deep.equal([]);
  });

  it('when a fault is told, then its words say what to do', () => {
    const [fault] = checkFattura(describeOf({ lines: [buildLine({ vatRate: 0, unitPrice: euros(100) })] }), '2026-03-02');
    expect(fault).to.deep.equal({
      code: '00400',
      element: 'DatiBeniServizi.DettaglioLinee.Natura',
      message:
        'Line 1 at 0 % does not say why it bears no VAT (`invoiceTerms.vatExemption`). Correct the settings of the centre, take this document back with a credit note and issue it again.',
    });
  });

  for (const [fileName, codes] of [
    ['IT00743110157_R0001.xml', []],
    ['ITRCCMNL83S18D969H_00001.xml', []],
    ['IT00743110157_R00011.xml', ['00001']],
    ['IT0074311015_R0001.xml', ['00001']],
    ['00743110157_R0001.xml', ['00001']],
  ] as const)
    it(`when a file is called ${fileName}, then it is ${codes[0] ?? 'taken'}`, () => {
      expect(checkFile(fileName, Buffer.from('x')).map(({ code }) => code)).to.deep.equal(codes);
    });

  it('when a file has more than five million bytes, then it is 00003', () => {
    const name = 'IT00743110157_R0001.xml';
    expect(checkFile(name, Buffer.alloc(5_000_000))).to.deep.equal([]);
    expect(checkFile(name, Buffer.alloc(5_000_001)).map(({ code }) => code)).to.deep.equal(['00003']);
  });
});
