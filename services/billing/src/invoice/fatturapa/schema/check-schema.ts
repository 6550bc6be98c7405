import type * as Library from 'libxml2-wasm';
import type { Fault } from '../check/fault.js';
import type { OfficialSchema } from './official-schema.js';
import { SCHEMA } from './schema.js';

/** Holds a file against the schemas: ours, and that of the tax office where the operator has put it. */
export type CheckSchema = (xml: Uint8Array) => Promise<readonly Fault[]>;

/** It is loaded at the first check: that takes a tenth of a second. */
type Loaded = typeof Library;

interface Compiled {
  readonly whose: string;
  readonly validator: Library.XsdValidator;
}

const REPORT = 'That is a fault of this program: report it with the number of the document';

const faultsBy = ({ XmlLibError }: Loaded, { whose, validator }: Compiled, document: Library.XmlDocument): readonly Fault[] => {
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    return error.details.map(({ message, xpath, line }) => ({
      code: '00200',
      element: xpath ?? `line ${line}`,
      message: `${message.trim()} (${whose}). ${REPORT}.`,
    }));
  }
};

const compile = ({ XmlDocument, XsdValidator }: Loaded, schema: Uint8Array): Library.XsdValidator => {
  const document = XmlDocument.fromBuffer(schema);
  try {
    return XsdValidator.fromDoc(document);
  } finally {
    document.dispose();
  }
};

/** It imports the schema of signatures from `address`; the operator's copy is taken instead, and nothing is fetched. */
const compileOfficial = (library: Loaded, { invoice, signatures, address }: OfficialSchema): Library.XsdValidator => {
  library.xmlRegisterInputProvider(new library.XmlBufferInputProvider({ [address]: signatures }));
  try {
    return compile(library, invoice);
  } finally {
    library.xmlCleanupInputProvider();
  }
};

const load = async (official?: OfficialSchema): Promise<{ readonly library: Loaded; readonly all: readonly Compiled[] }> => {
  const library = await import('libxml2-wasm');
  const own = { whose: 'schema of this program', validator: compile(library, Buffer.from(SCHEMA)) };
  if (official === undefined) return { library, all: [own] };
  return { library, all: [own, { whose: 'schema of the tax office', validator: compileOfficial(library, official) }] };
};

/** The schemas are compiled at the first check, and kept. */
export const createCheckSchema = (official?: OfficialSchema): CheckSchema => {
  let loaded: ReturnType<typeof load> | undefined;
  return async (xml) => {
    const { library, all } = await (loaded ??= load(official));
    const document = library.XmlDocument.fromBuffer(xml);
    try {
      return all.flatMap((compiled) => faultsBy(library, compiled, document));
    } finally {
      document.dispose();
    }
  };
};
