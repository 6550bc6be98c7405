import type { XmlElement } from 'libxml2-wasm';
import type { Fattura } from '../fattura.js';
import { NAMESPACE } from './schema.js';

/** What an element holds: text, elements by name, or the same element several times. */
const append = (parent: XmlElement, name: string, value: unknown): void => {
  if (Array.isArray(value)) for (const each of value) append(parent, name, each);
  else if (typeof value === 'string' && value !== '') parent.addElement(name).addText(value);
  else if (typeof value === 'object' && value !== null) appendAll(parent.addElement(name), value);
};

const appendAll = (parent: XmlElement, values: object): void => {
  for (const [name, value] of Object.entries(values)) append(parent, name, value);
};

/**
 * The bytes of an electronic invoice. The same one always has the same bytes: elements come in the order of the keys, and nothing
 * of the moment is in it. What is missing or empty has no element.
 */
export const writeXml = async ({ versione, ...parts }: Fattura): Promise<Buffer> => {
  // Loaded at the first use: it takes a tenth of a second of each start.
  const { XmlDocument } = await import('libxml2-wasm');
  const document = XmlDocument.create();
  try {
    const root = document.createRoot('FatturaElettronica', NAMESPACE, 'p');
    root.setAttr('versione', versione);
    appendAll(root, parts);
    return Buffer.from(document.toString({ format: true }));
  } finally {
    document.dispose();
  }
};
