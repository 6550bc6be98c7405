import type { Money } from '@riparo/shared/contracts/money';
import { expect } from 'chai';
import { describeFatturapa } from '../src/invoice/fatturapa/describe/describe-fatturapa.js';
import { checkFattura } from '../src/invoice/fatturapa/check/check-fattura.js';
import type { InvoiceContent } from '../src/invoice/invoice.js';
import { buildCreditNote, buildInvoice, buildLine, codesOf, describeOf, euros, IDENTITY, ROSA } from './fatturapa.bench.js';

const documentOf = (content: Partial<InvoiceContent> = {}) => describeOf(content).FatturaElettronicaBody.DatiGenerali.DatiGeneraliDocumento;
const goodsOf = (content: Partial<InvoiceContent> = {}) => describeOf(content).FatturaElettronicaBody.DatiBeniServizi;
const paymentsOf = (content: Partial<InvoiceContent> = {}) => describeOf(content).FatturaElettronicaBody.DatiPagamento;
const sellerOf = (identity: Partial<typeof IDENTITY> = {}, contactPhone = '+39 059 123456') =>
  ({
    companyName: 'Officina Verdi',
    contactEmail: 'desk@example.test',
    contactPhone,
    fiscalIdentity: { ...IDENTITY, ...identity },
  }) as const;

/** A charge in one sum, as documents have it: VAT is what is left of it. */
const inOneSum = (gross: number, vatRate = 22): Partial<InvoiceContent> => {
  const net = Math.round((gross * 100) / (100 + vatRate));
  const money = (amount: number): Money => euros(amount);
  return {
    lines: [buildLine({ unitPrice: money(net), vatRate })],
    net: money(net),
    vat: money(gross - net),
    total: money(gross),
    vatGroups: [{ vatRate, net: money(net), vat: money(gross - net) }],
  };
};

describe('what an electronic invoice says', () => {
  it('when it is an invoice, then it says type, day, number, total and what it is for', () => {
    expect(documentOf()).to.include({
      TipoDocumento: 'TD01',
      Divisa: 'EUR',
      Data: '2026-03-02',
      Numero: 'A-2026-000001',
      ImportoTotaleDocumento: '61.00',
    });
    expect(documentOf().Causale).to.deep.equal(['Rif. REP-2026-000001 - Acme Book 3, n. di serie PF-1']);
    expect(documentOf().Arrotondamento).to.equal(undefined);
    expect(documentOf().DatiBollo).to.equal(undefined);
  });

  it('when there are pieces and a discount, then each has its price, the discount a negative one', () => {
    const { DettaglioLinee: lines, DatiRiepilogo: sums } = goodsOf({
      lines: [
        buildLine({ unitPrice: euros(1234), quantity: 3 }),
        buildLine({ kind: 'DISCOUNT', unitPrice: euros(99), quantity: 2 }),
        buildLine({ vatRate: 5.5, unitPrice: euros(7) }),
      ],
    });
    expect(lines.map((line) => [line.NumeroLinea, line.Quantita, line.PrezzoUnitario, line.PrezzoTotale, line.AliquotaIVA])).to.deep.equal([
      ['1', '3.00', '12.34', '37.02', '22.00'],
      ['2', '2.00', '-0.99', '-1.98', '22.00'],
      ['3', '1.00', '0.07', '0.07', '5.50'],
    ]);
    expect(lines.map(({ TipoCessionePrestazione }) => TipoCessionePrestazione)).to.deep.equal([undefined, 'SC', undefined]);
    expect(sums.map((sum) => [sum.AliquotaIVA, sum.ImponibileImporto, sum.Imposta, sum.EsigibilitaIVA])).to.deep.equal([
      ['22.00', '35.04', '7.71', 'I'],
      ['5.50', '0.07', '0.00', 'I'],
    ]);
  });

  it('when a charge in one sum cannot be split, then the odd cent is in Arrotondamento, not in VAT', () => {
    const content = inOneSum(200_000);
    expect(content.vat).to.deep.equal(euros(36_066));
    expect(documentOf(content)).to.include({ ImportoTotaleDocumento: '2000.00', Arrotondamento: '0.01' });
    expect(goodsOf(content).DatiRiepilogo[0]).to.include({ ImponibileImporto: '1639.34', Imposta: '360.65' });
    expect(codesOf(describeOf(content))).to.deep.equal([]);
  });

  it('when a charge in one sum can be split, then nothing is rounded', () => {
    expect(documentOf(inOneSum(12_200)).Arrotondamento).to.equal(undefined);
  });

  it('when lines bear no VAT, then they and their sum say why, and by which law', () => {
    const { DettaglioLinee: lines, DatiRiepilogo: sums } = goodsOf({
      lines: [buildLine({ vatRate: 0 })],
      vatExemption: 'N4',
      vatExemptionReason: 'Art. 10 DPR 633/72',
    });
    expect(lines[0]).to.include({ AliquotaIVA: '0.00', Natura: 'N4' });
    expect(sums[0]).to.include({ AliquotaIVA: '0.00', Natura: 'N4', Imposta: '0.00', RiferimentoNormativo: 'Art. 10 DPR 633/72' });
    expect(sums[0]?.EsigibilitaIVA).to.equal(undefined);
  });

  it('when the centre pays the stamp duty itself, then it is told and not charged', () => {
    const content = { lines: [buildLine({ vatRate: 0, unitPrice: euros(10_000) })], vatExemption: 'N4', stampDuty: euros(200) } as const;
    expect(documentOf(content)).to.include({ ImportoTotaleDocumento: '100.00' });
    expect(documentOf(content).DatiBollo).to.deep.equal({ BolloVirtuale: 'SI', ImportoBollo: '2.00' });
    expect(goodsOf(content).DettaglioLinee).to.have.length(1);
  });

  it('when the customer pays the stamp duty, then it is a line without VAT, and in the total', () => {
    const content = {
      lines: [buildLine({ vatRate: 0, unitPrice: euros(10_000) })],
      vatExemption: 'N4',
      stampDuty: euros(200),
      chargesStampDuty: true,
    } as const;
    expect(documentOf(content)).to.include({ ImportoTotaleDocumento: '102.00' });
    expect(documentOf(content).Arrotondamento).to.equal(undefined);
    expect(goodsOf(content).DettaglioLinee[1]).to.include({ NumeroLinea: '2', PrezzoTotale: '2.00', Natura: 'N1' });
    expect(goodsOf(content).DatiRiepilogo.map((sum) => [sum.Natura, sum.ImponibileImporto])).to.deep.equal([
      ['N4', '100.00'],
      ['N1', '2.00'],
    ]);
    expect(codesOf(describeOf(content))).to.deep.equal([]);
  });

  it('when the centre is in the RF19 regime, then the law is named and the duty is its income', () => {
    const content = {
      seller: sellerOf({ taxRegime: 'RF19' }),
      taxRegime: 'RF19',
      lines: [buildLine({ vatRate: 0, unitPrice: euros(10_000) })],
      vatExemption: 'N2.2',
      stampDuty: euros(200),
      chargesStampDuty: true,
    } as const;
    expect(describeOf(content).FatturaElettronicaHeader.CedentePrestatore.DatiAnagrafici.RegimeFiscale).to.equal('RF19');
    expect(documentOf(content).Causale[1]).to.include('legge n. 190/2014');
    expect(goodsOf(content).DatiRiepilogo).to.deep.equal([
      {
        AliquotaIVA: '0.00',
        Natura: 'N2.2',
        ImponibileImporto: '102.00',
        Imposta: '0.00',
        EsigibilitaIVA: undefined,
        RiferimentoNormativo: 'Art. 1, commi 54-89, L. 190/2014',
      },
    ]);
    expect(codesOf(describeOf(content))).to.deep.equal([]);
  });

  it('when VAT is owed only once it is paid, then the sums say so', () => {
    expect(goodsOf({ taxRegime: 'RF17' }).DatiRiepilogo[0]?.EsigibilitaIVA).to.equal('D');
  });

  it('when it is a credit note, then its amounts are positive and it names its invoice', () => {
    const fattura = describeFatturapa(buildCreditNote(), 'R0002');
    const { DatiGenerali, DatiPagamento, DatiBeniServizi } = fattura.FatturaElettronicaBody;
    expect(DatiGenerali.DatiGeneraliDocumento).to.include({ TipoDocumento: 'TD04', ImportoTotaleDocumento: '61.00' });
    expect(DatiGenerali.DatiGeneraliDocumento.Causale).to.deep.equal(['Storno del documento A-2026-000001: Prezzo concordato']);
    expect(DatiGenerali.DatiFattureCollegate).to.deep.equal({ IdDocumento: 'A-2026-000001', Data: '2026-03-01' });
    expect(DatiBeniServizi.DettaglioLinee[0]?.PrezzoTotale).to.equal('50.00');
    expect(DatiPagamento).to.deep.equal([]);
    expect(checkFattura(fattura, '2026-03-02')).to.deep.equal([]);
  });

  it('when the centre is a company, then its entry in the register is there', () => {
    const register = {
      registerOffice: 'MO',
      registerNumber: '123456',
      shareCapital: 1_000_000,
      soleShareholder: false,
      inLiquidation: false,
    };
    const { IscrizioneREA } = describeOf({ seller: sellerOf(register) }).FatturaElettronicaHeader.CedentePrestatore;
    expect(IscrizioneREA).to.deep.equal({
      Ufficio: 'MO',
      NumeroREA: '123456',
      CapitaleSociale: '10000.00',
      SocioUnico: 'SM',
      StatoLiquidazione: 'LN',
    });
  });

  it('when the centre is a person, then the fiscal code transmits', () => {
    const { FatturaElettronicaHeader: header } = describeOf({ seller: sellerOf({ fiscalCode: 'RCCMNL83S18D96VW' }) });
    expect(header.DatiTrasmissione.IdTrasmittente).to.deep.equal({ IdPaese: 'IT', IdCodice: 'RCCMNL83S18D96VW' });
    expect(header.CedentePrestatore.DatiAnagrafici.IdFiscaleIVA.IdCodice).to.equal(IDENTITY.vatNumber);
  });

  for (const [given, written] of [
    ['+39 059 123456', '+39059123456'],
    ['+39 0461 1234567', '04611234567'],
    ['+49 30 123456789012', undefined],
  ] as const)
    it(`when the telephone is ${given}, then it is ${written ?? 'left out'}`, () => {
      expect(describeOf({ seller: sellerOf({}, given) }).FatturaElettronicaHeader.CedentePrestatore.Contatti?.Telefono).to.equal(written);
    });
});

describe('how an electronic invoice is paid', () => {
  const paid = (method: 'CASH' | 'CARD' | 'BANK_TRANSFER' | 'ONLINE' | 'OTHER', amount: number) => ({
    method,
    amount: euros(amount),
    on: '2026-03-01',
  });
  const seen = (content: Partial<InvoiceContent>) =>
    paymentsOf(content).map(({ CondizioniPagamento, DettaglioPagamento }) => [
      CondizioniPagamento,
      ...DettaglioPagamento.map((each) => `${each.ModalitaPagamento} ${each.ImportoPagamento} ${each.DataScadenzaPagamento ?? ''}`),
    ]);

  it('when nothing is paid and the account is known, then a transfer is due', () => {
    const content = { seller: sellerOf({ iban: 'IT60X0542811101000000123456', bankName: 'Banca d’Italia' }) };
    expect(paymentsOf(content)).to.deep.equal([
      {
        CondizioniPagamento: 'TP02',
        DettaglioPagamento: [
          {
            ModalitaPagamento: 'MP05',
            DataScadenzaPagamento: '2026-04-01',
            ImportoPagamento: '61.00',
            IstitutoFinanziario: "Banca d'Italia",
            IBAN: 'IT60X0542811101000000123456',
          },
        ],
      },
    ]);
  });

  it('when nothing is paid and no account is known, then it is paid at the counter', () => {
    expect(seen({})).to.deep.equal([['TP02', 'MP01 61.00 2026-04-01']]);
  });

  it('when a part was paid before, then that was in advance and the rest is due', () => {
    expect(seen({ settledBefore: [paid('CARD', 2000)], leftToPay: euros(4100) })).to.deep.equal([
      ['TP03', 'MP08 20.00 2026-03-01'],
      ['TP02', 'MP01 41.00 2026-04-01'],
    ]);
  });

  it('when all was paid at once, then nothing is due', () => {
    expect(seen({ settledBefore: [paid('ONLINE', 6100)], leftToPay: euros(0) })).to.deep.equal([['TP02', 'MP08 61.00 2026-03-01']]);
  });

  it('when all was paid in parts, then these are instalments', () => {
    expect(seen({ settledBefore: [paid('CASH', 3000), paid('BANK_TRANSFER', 3100)], leftToPay: euros(0) })).to.deep.equal([
      ['TP01', 'MP01 30.00 2026-03-01', 'MP05 31.00 2026-03-01'],
    ]);
  });

  it('when something was given back, then the newest payments are that much less', () => {
    const settledBefore = [paid('CASH', 3000), paid('CARD', 2000), paid('CASH', 3100), paid('CASH', -2000), paid('CASH', -1500)];
    expect(seen({ settledBefore, leftToPay: euros(3500) })).to.deep.equal([
      ['TP03', 'MP01 30.00 2026-03-01', 'MP08 16.00 2026-03-01'],
      ['TP02', 'MP01 35.00 2026-04-01'],
    ]);
  });

  it('when it was paid in a way that has no code, then nothing is said of it', () => {
    expect(seen({ settledBefore: [paid('OTHER', 6100)], leftToPay: euros(0) })).to.deep.equal([]);
  });
});

describe('letters of an electronic invoice', () => {
  const described = (description: string) => goodsOf({ lines: [buildLine({ description })] }).DettaglioLinee[0]?.Descrizione;

  for (const [given, written] of [
    ['l’“arte” – è così…', 'l\'"arte" - è così...'],
    ['20 € ‚o’ 30 €', "20 EUR 'o' 30 EUR"],
    ['Łódź, Škoda, œuf, Ștefan', 'Lódz, Skoda, oeuf, Stefan'],
    ['a\u00a0b\tc\n d\u200b\u00ade', 'a b c de'],
    ['tasto 🖥️ → fatto 👍🏽', 'tasto -> fatto'],
    ['Intel® Core™', 'Intel® CoreTM'],
    ['e\u0301', 'é'],
  ] as const)
    it(`when it is given ${JSON.stringify(given)}, then it is written ${JSON.stringify(written)}`, () => {
      expect(described(given)).to.equal(written);
    });

  it('when a description is longer than the schema lets it be, then it is cut', () => {
    expect(described('x'.repeat(1_200))).to.have.length(1_000);
  });

  it('when a reason is long, then it is told in pieces between words', () => {
    const reason = 'parola '.repeat(70).trim();
    const note = buildCreditNote({ credits: { invoiceId: '1', number: 'A-1', issuedOn: '2026-03-01', reason } });
    const { Causale } = describeFatturapa(note, 'R0001').FatturaElettronicaBody.DatiGenerali.DatiGeneraliDocumento;
    expect(Causale.length).to.equal(3);
    for (const piece of Causale) expect(piece.length).to.be.at.most(200);
    expect(Causale.join(' ')).to.equal(`Storno del documento A-1: ${reason}`);
  });

  it('when letters have no place, then they are told with the words that hold them', () => {
    const faults = checkFattura(
      describeOf({ lines: [buildLine({ description: 'Xiaomi 小米 14' })], buyer: { ...ROSA, surname: 'Θεός' } }),
      '2026-03-02',
    );
    expect(faults.map(({ element }) => element)).to.deep.equal([
      'CessionarioCommittente.DatiAnagrafici.Anagrafica.Cognome',
      'DatiBeniServizi.DettaglioLinee[1].Descrizione',
    ]);
    expect(faults[1]?.message).to.include('小 米');
  });

  it('when a description is nothing but pictures, then it is told', () => {
    expect(codesOf(describeOf({ lines: [buildLine({ description: '👍' })] }))).to.deep.equal(['00200']);
  });

  it('when the document is for somebody who reads English, then its own words are Italian', () => {
    expect(documentOf({ ...buildInvoice().content, language: 'en' }).Causale[0]).to.include('n. di serie');
  });
});
