import type { Invoice, InvoiceContent } from '../../invoice.js';
import { writeCents } from '../decimals.js';
import type { Body, DocumentData, Fattura, Trasmissione } from '../fattura.js';
import { basicLatin, latinPieces } from '../text.js';
import { describeBuyer, recipientOf } from './describe-buyer.js';
import { describeLines, describeSummaries, roundingOf } from './describe-lines.js';
import { describePayments } from './describe-payment.js';
import { describeSeller, transmitterOf } from './describe-seller.js';

/** As long as the schema lets one Causale be. */
const MOST_LETTERS = 200;

/** Law 190/2014, art. 1: what an invoice of that regime has to say. */
const RF19_WORDS = 'Operazione effettuata in regime forfettario ai sensi dell’art. 1, commi 54-89, della legge n. 190/2014';

/** What the document is about. Words on it are Italian, whatever the customer reads: the tax office does. */
const reasonsOf = ({ kind, credits, subject, taxRegime }: InvoiceContent): readonly string[] => {
  const { number, device } = subject;
  const what = device === undefined ? '' : ` - ${device.brand} ${device.model}, n. di serie ${device.serialNumber}`;
  const credited = credits === undefined ? [] : [`Storno del documento ${credits.number}: ${credits.reason}`];
  const about = kind === 'CREDIT_NOTE' && credits !== undefined ? credited : [`Rif. ${number}${what}`];
  const law = taxRegime === 'RF19' ? [RF19_WORDS] : [];
  return [...about, ...law].flatMap((text) => latinPieces(text, MOST_LETTERS));
};

const describeTransmission = ({ seller, buyer }: InvoiceContent, progressive: string): Trasmissione => {
  const { FormatoTrasmissione, CodiceDestinatario, PECDestinatario } = recipientOf(buyer);
  return {
    IdTrasmittente: transmitterOf(seller),
    ProgressivoInvio: progressive,
    FormatoTrasmissione,
    CodiceDestinatario,
    PECDestinatario,
  };
};

const describeDocument = (number: string, content: InvoiceContent): DocumentData => {
  const rounding = roundingOf(content);
  const { stampDuty, total } = content;
  return {
    TipoDocumento: content.kind === 'CREDIT_NOTE' ? 'TD04' : 'TD01',
    Divisa: total.currency,
    Data: content.issuedOn,
    Numero: basicLatin(number, 20) ?? '',
    DatiBollo: stampDuty === undefined ? undefined : { BolloVirtuale: 'SI', ImportoBollo: writeCents(stampDuty.amount) },
    ImportoTotaleDocumento: writeCents(total.amount),
    Arrotondamento: rounding === 0 ? undefined : writeCents(rounding),
    Causale: reasonsOf(content),
  };
};

const describeBody = ({ number, content }: Pick<Invoice, 'number' | 'content'>): Body => ({
  DatiGenerali: {
    DatiGeneraliDocumento: describeDocument(number, content),
    DatiFattureCollegate:
      content.credits === undefined
        ? undefined
        : { IdDocumento: basicLatin(content.credits.number, 20) ?? '', Data: content.credits.issuedOn },
  },
  DatiBeniServizi: { DettaglioLinee: describeLines(content), DatiRiepilogo: describeSummaries(content) },
  DatiPagamento: describePayments(content),
});

/**
 * The electronic invoice of a document, under the counter of what is sent. It is described whatever is missing; the checks say
 * what that is. A credit note has positive amounts: its type says that they are taken off.
 */
export const describeFatturapa = (invoice: Pick<Invoice, 'number' | 'content'>, progressive: string): Fattura => {
  const { content } = invoice;
  const transmission = describeTransmission(content, progressive);
  return {
    versione: transmission.FormatoTrasmissione,
    FatturaElettronicaHeader: {
      DatiTrasmissione: transmission,
      CedentePrestatore: describeSeller(content.seller),
      CessionarioCommittente: describeBuyer(content.buyer),
    },
    FatturaElettronicaBody: describeBody(invoice),
  };
};
