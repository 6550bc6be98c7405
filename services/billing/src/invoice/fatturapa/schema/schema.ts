import { SCHEMA_TYPES } from './schema-types.js';

/** Of the root element; all elements in it are in no namespace. */
export const NAMESPACE = 'http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2';

type Cardinality = '1' | '0-1' | '0-n' | '1-n';

const BOUNDS: Readonly<Record<Cardinality, string>> = {
  '1': '',
  '0-1': ' minOccurs="0"',
  '0-n': ' minOccurs="0" maxOccurs="unbounded"',
  '1-n': ' maxOccurs="unbounded"',
};

/** An element: `Nome 1 Latin60`. */
const element = (line: string): string => {
  const [name = '', cardinality = '1', type = ''] = line.trim().split(/\s+/);
  return `<xs:element name="${name}" type="${type}"${BOUNDS[cardinality as Cardinality]}/>`;
};

const elements = (lines: string): string => lines.trim().split('\n').map(element).join('');

/** A type whose elements come in this order. */
const sequence = (name: string, lines: string): string =>
  `<xs:complexType name="${name}"><xs:sequence>${elements(lines)}</xs:sequence></xs:complexType>`;

/** A company has one name, a person two. */
const NAMES = `<xs:complexType name="Names"><xs:choice>${element('Denominazione 1 Latin80')}<xs:sequence>${elements(`
  Nome 1 Latin60
  Cognome 1 Latin60`)}</xs:sequence></xs:choice></xs:complexType>`;

const HEADER = [
  sequence(
    'FiscalId',
    `
    IdPaese 1 Country
    IdCodice 1 FiscalNumber`,
  ),
  NAMES,
  sequence(
    'Address',
    `
    Indirizzo 1 Latin60
    NumeroCivico 0-1 Basic8
    CAP 1 PostalCode
    Comune 1 Latin60
    Provincia 0-1 Province
    Nazione 1 Country`,
  ),
  sequence(
    'Transmission',
    `
    IdTrasmittente 1 FiscalId
    ProgressivoInvio 1 Basic10
    FormatoTrasmissione 1 Format
    CodiceDestinatario 1 RecipientCode
    PECDestinatario 0-1 Mail`,
  ),
  sequence(
    'SellerPerson',
    `
    IdFiscaleIVA 1 FiscalId
    CodiceFiscale 0-1 FiscalCode
    Anagrafica 1 Names
    RegimeFiscale 1 Regime`,
  ),
  sequence(
    'Register',
    `
    Ufficio 1 Province
    NumeroREA 1 Basic20
    CapitaleSociale 0-1 Amount
    SocioUnico 0-1 Shareholders
    StatoLiquidazione 1 Liquidation`,
  ),
  sequence(
    'Contacts',
    `
    Telefono 0-1 Phone
    Email 0-1 Mail`,
  ),
  sequence(
    'Seller',
    `
    DatiAnagrafici 1 SellerPerson
    Sede 1 Address
    IscrizioneREA 0-1 Register
    Contatti 0-1 Contacts`,
  ),
  sequence(
    'BuyerPerson',
    `
    IdFiscaleIVA 0-1 FiscalId
    CodiceFiscale 0-1 FiscalCode
    Anagrafica 1 Names`,
  ),
  sequence(
    'Buyer',
    `
    DatiAnagrafici 1 BuyerPerson
    Sede 1 Address`,
  ),
  sequence(
    'Header',
    `
    DatiTrasmissione 1 Transmission
    CedentePrestatore 1 Seller
    CessionarioCommittente 1 Buyer`,
  ),
];

const BODY = [
  sequence(
    'Duty',
    `
    BolloVirtuale 1 Yes
    ImportoBollo 1 Amount`,
  ),
  sequence(
    'Document',
    `
    TipoDocumento 1 DocumentType
    Divisa 1 Currency
    Data 1 Day
    Numero 1 Basic20
    DatiBollo 0-1 Duty
    ImportoTotaleDocumento 1 Amount
    Arrotondamento 0-1 Amount
    Causale 0-n Latin200`,
  ),
  sequence(
    'LinkedDocument',
    `
    IdDocumento 1 Basic20
    Data 1 Day`,
  ),
  sequence(
    'General',
    `
    DatiGeneraliDocumento 1 Document
    DatiFattureCollegate 0-1 LinkedDocument`,
  ),
  sequence(
    'Line',
    `
    NumeroLinea 1 LineNumber
    TipoCessionePrestazione 0-1 Discount
    Descrizione 1 Latin1000
    Quantita 0-1 Quantity
    PrezzoUnitario 1 Price
    PrezzoTotale 1 Price
    AliquotaIVA 1 Rate
    Natura 0-1 Exemption`,
  ),
  sequence(
    'Summary',
    `
    AliquotaIVA 1 Rate
    Natura 0-1 Exemption
    ImponibileImporto 1 Amount
    Imposta 1 Amount
    EsigibilitaIVA 0-1 Owed
    RiferimentoNormativo 0-1 Latin100`,
  ),
  sequence(
    'Goods',
    `
    DettaglioLinee 1-n Line
    DatiRiepilogo 1-n Summary`,
  ),
  sequence(
    'PaymentDetail',
    `
    ModalitaPagamento 1 Method
    DataScadenzaPagamento 0-1 Day
    ImportoPagamento 1 Amount
    IstitutoFinanziario 0-1 Latin80
    IBAN 0-1 Iban`,
  ),
  sequence(
    'Payment',
    `
    CondizioniPagamento 1 Terms
    DettaglioPagamento 1-n PaymentDetail`,
  ),
  sequence(
    'Body',
    `
    DatiGenerali 1 General
    DatiBeniServizi 1 Goods
    DatiPagamento 0-n Payment`,
  ),
];

/**
 * A schema of what this program writes, and of nothing else; decision 40 says why it is not the one of the tax office. Names,
 * order, lengths and formats are those of that schema, version 1.2.3.
 */
export const SCHEMA = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:f="${NAMESPACE}" targetNamespace="${NAMESPACE}">
  ${SCHEMA_TYPES}
  ${[...HEADER, ...BODY].join('\n  ')}
  <xs:element name="FatturaElettronica">
    <xs:complexType>
      <xs:sequence>${elements(`
        FatturaElettronicaHeader 1 Header
        FatturaElettronicaBody 1 Body`)}</xs:sequence>
      <xs:attribute name="versione" type="Format" use="required"/>
    </xs:complexType>
  </xs:element>
</xs:schema>
`.replace(/ (type|base)="(?!xs:)/g, ' $1="f:');
