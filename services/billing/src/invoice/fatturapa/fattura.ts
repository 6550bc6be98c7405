/**
 * The electronic invoice as the schema of FatturaPA has it. The keys are the names of its elements in its order, which is
 * how the file is written. Values are text that is written already; what is `undefined` has no element.
 */
export interface Fattura {
  readonly versione: Format;
  readonly FatturaElettronicaHeader: Header;
  readonly FatturaElettronicaBody: Body;
}

/** FPA12: for public bodies; FPR12: for everybody else. */
export type Format = 'FPR12' | 'FPA12';

/** A VAT number with its country. */
export interface FiscalId {
  readonly IdPaese: string;
  readonly IdCodice: string;
}

/** A person has the two names of the second kind. */
export interface Anagrafica {
  readonly Denominazione?: string;
  readonly Nome?: string;
  readonly Cognome?: string;
}

export interface Sede {
  readonly Indirizzo: string;
  readonly NumeroCivico?: string;
  readonly CAP: string;
  readonly Comune: string;
  readonly Provincia?: string;
  readonly Nazione: string;
}

export interface Trasmissione {
  readonly IdTrasmittente: FiscalId;
  readonly ProgressivoInvio: string;
  readonly FormatoTrasmissione: Format;
  readonly CodiceDestinatario: string;
  readonly PECDestinatario?: string;
}

/** The centre. */
export interface Cedente {
  readonly DatiAnagrafici: {
    readonly IdFiscaleIVA: FiscalId;
    readonly CodiceFiscale?: string;
    readonly Anagrafica: Anagrafica;
    readonly RegimeFiscale: string;
  };
  readonly Sede: Sede;
  readonly IscrizioneREA?: {
    readonly Ufficio: string;
    readonly NumeroREA: string;
    readonly CapitaleSociale?: string;
    readonly SocioUnico?: 'SU' | 'SM';
    readonly StatoLiquidazione: 'LS' | 'LN';
  };
  readonly Contatti?: { readonly Telefono?: string; readonly Email?: string };
}

/** The customer. */
export interface Cessionario {
  readonly DatiAnagrafici: {
    readonly IdFiscaleIVA?: FiscalId;
    readonly CodiceFiscale?: string;
    readonly Anagrafica: Anagrafica;
  };
  readonly Sede: Sede;
}

export interface Header {
  readonly DatiTrasmissione: Trasmissione;
  readonly CedentePrestatore: Cedente;
  readonly CessionarioCommittente: Cessionario;
}

export interface DocumentData {
  readonly TipoDocumento: 'TD01' | 'TD04';
  readonly Divisa: string;
  readonly Data: string;
  readonly Numero: string;
  readonly DatiBollo?: { readonly BolloVirtuale: 'SI'; readonly ImportoBollo: string };
  readonly ImportoTotaleDocumento: string;
  readonly Arrotondamento?: string;
  readonly Causale: readonly string[];
}

export interface DetailLine {
  readonly NumeroLinea: string;
  readonly TipoCessionePrestazione?: 'SC';
  readonly Descrizione: string;
  readonly Quantita?: string;
  readonly PrezzoUnitario: string;
  readonly PrezzoTotale: string;
  readonly AliquotaIVA: string;
  readonly Natura?: string;
}

export interface Summary {
  readonly AliquotaIVA: string;
  readonly Natura?: string;
  readonly ImponibileImporto: string;
  readonly Imposta: string;
  /** I: the VAT is owed at once; D: when the invoice is paid. */
  readonly EsigibilitaIVA?: 'I' | 'D';
  readonly RiferimentoNormativo?: string;
}

export interface PaymentDetail {
  readonly ModalitaPagamento: string;
  readonly DataScadenzaPagamento?: string;
  readonly ImportoPagamento: string;
  readonly IstitutoFinanziario?: string;
  readonly IBAN?: string;
}

export interface Payment {
  /** TP01: in instalments; TP02: in full; TP03: in advance. */
  readonly CondizioniPagamento: 'TP01' | 'TP02' | 'TP03';
  readonly DettaglioPagamento: readonly PaymentDetail[];
}

export interface Body {
  readonly DatiGenerali: {
    readonly DatiGeneraliDocumento: DocumentData;
    readonly DatiFattureCollegate?: { readonly IdDocumento: string; readonly Data: string };
  };
  readonly DatiBeniServizi: { readonly DettaglioLinee: readonly DetailLine[]; readonly DatiRiepilogo: readonly Summary[] };
  readonly DatiPagamento: readonly Payment[];
}
