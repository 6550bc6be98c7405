import { fold } from '@riparo/shared/text/fold';
import { searchWords } from '@riparo/shared/text/search-words';
import type { AssetFields } from './asset.js';

const MIN_PART = 3;
const SIGNS = /[^\p{L}\p{N}]+/gu;

/** A serial number is found by any part of it, at least three characters long, since people read out its last digits. */
const endingsOf = (serialNumber: string): readonly string[] => {
  const plain = fold(serialNumber).replace(SIGNS, '');
  return Array.from({ length: Math.max(0, plain.length - MIN_PART + 1) }, (_, start) => plain.slice(start));
};

/** The words by which a device is found. */
export const assetWords = ({ friendlyName, brand, model, serialNumber }: AssetFields): readonly string[] => [
  ...new Set([...searchWords(friendlyName, brand, model, serialNumber), ...endingsOf(serialNumber)]),
];
