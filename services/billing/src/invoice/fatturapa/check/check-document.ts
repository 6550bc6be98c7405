import type { Fattura } from '../fattura.js';
import { strangersIn } from '../text.js';
import { correctDocument, correctSettings, faultsOf, type Fault } from './fault.js';

const DOCUMENT = 'DatiGenerali.DatiGeneraliDocumento';

/** Dates, number, currency: 00403, 00418, 00425. `today` is the calendar day in Italy. */
export const checkDocument = ({ FatturaElettronicaBody: body }: Fattura, today: string): readonly Fault[] => {
  const { DatiGeneraliDocumento: document, DatiFattureCollegate: linked } = body.DatiGenerali;
  return faultsOf(
    [document.Divisa !== 'EUR', '00200', `${DOCUMENT}.Divisa`, correctSettings(`The document is in ${document.Divisa}, not in EUR`)],
    [document.Data > today, '00403', `${DOCUMENT}.Data`, `The document is of ${document.Data}. Make the file on that day or later.`],
    [
      linked !== undefined && document.Data < linked.Data,
      '00418',
      `${DOCUMENT}.Data`,
      correctDocument(
        `The document is of ${document.Data}, earlier than ${linked?.IdDocumento ?? ''} of ${linked?.Data ?? ''}, which it takes back`,
      ),
    ],
    [!/\d/.test(document.Numero), '00425', `${DOCUMENT}.Numero`, correctSettings(`The number “${document.Numero}” has no digit`)],
    [
      body.DatiBeniServizi.DettaglioLinee.length === 0,
      '00200',
      'DatiBeniServizi.DettaglioLinee',
      correctDocument('The document has no line'),
    ],
  );
};

const fieldsOf = (value: unknown, path: string): readonly (readonly [path: string, text: string])[] => {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each, index) => fieldsOf(each, `${path}[${index + 1}]`));
  return Object.entries(value).flatMap(([name, each]) => fieldsOf(each, path === '' ? name : `${path}.${name}`));
};

/** 00200: letters that have no place in the file, and lines without a description. Nothing is guessed about other alphabets. */
export const checkText = ({ FatturaElettronicaHeader, FatturaElettronicaBody }: Fattura): readonly Fault[] =>
  fieldsOf({ ...FatturaElettronicaHeader, ...FatturaElettronicaBody }, '').flatMap(([element, text]) =>
    faultsOf(
      [
        strangersIn(text).length > 0,
        '00200',
        element,
        correctDocument(
          `“${text.slice(0, 80)}” has characters that an electronic invoice cannot hold (${strangersIn(text).join(' ')}): write it in Latin letters`,
        ),
      ],
      [
        element.endsWith('.Descrizione') && text === '',
        '00200',
        element,
        correctDocument('The line has no description that an electronic invoice can hold'),
      ],
    ),
  );

/** In bytes; one file of five million is taken for certain. */
const MOST_BYTES = 5_000_000;
const FILE_NAME = /^IT[A-Z0-9]{11,16}_[A-Z0-9]{1,5}\.xml$/;

/** 00001, 00003: the file itself. */
export const checkFile = (fileName: string, bytes: Uint8Array): readonly Fault[] =>
  faultsOf(
    [
      !FILE_NAME.test(fileName),
      '00001',
      'file name',
      correctSettings(`${fileName} is not a name of a file that the exchange system takes`),
    ],
    [bytes.length > MOST_BYTES, '00003', 'file', correctDocument(`The file has ${bytes.length} bytes, which is more than ${MOST_BYTES}`)],
  );
