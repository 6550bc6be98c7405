import type { AssetCategory } from '@riparo/shared/contracts/enums';
import { keyOf } from '../../replica/texts.js';
import type { Hit, IndexedCase } from '../search/case-index.js';

/** Why a case may help. */
export const REASONS = ['SAME_MODEL', 'SAME_BRAND', 'SAME_CATEGORY', 'WORDS'] as const;
export interface Why {
  readonly reason: (typeof REASONS)[number];
  readonly words?: readonly string[];
}

/** A device as somebody told of it: perhaps only its brand. */
export interface AskedDevice {
  readonly brand?: string;
  readonly model?: string;
  readonly category?: AssetCategory;
}
export interface Question {
  readonly device?: AskedDevice;
  readonly text: string;
}

type DeviceReason = Exclude<Why['reason'], 'WORDS'>;
/** A problem of the same model is worth twice as much as words alone. */
const WEIGHTS: Readonly<Record<DeviceReason, number>> = { SAME_MODEL: 2, SAME_BRAND: 1.4, SAME_CATEGORY: 1.15 };

/** In what the device of a case is like the one that is asked about. */
export const likenessTo = ({ brand, model, category }: AskedDevice): ((found: IndexedCase) => DeviceReason | undefined) => {
  const [brandKey, modelKey] = [brand, model].map((text) => (text === undefined ? undefined : keyOf(text)));
  return (found) => {
    const sameBrand = brandKey !== undefined && found.brandKey === brandKey;
    if (modelKey !== undefined && found.modelKey === modelKey && (sameBrand || brandKey === undefined)) return 'SAME_MODEL';
    if (sameBrand) return 'SAME_BRAND';
    return category !== undefined && found.category === category ? 'SAME_CATEGORY' : undefined;
  };
};

export const weightBy =
  (likeness: (found: IndexedCase) => DeviceReason | undefined) =>
  (found: IndexedCase): number => {
    const reason = likeness(found);
    return reason === undefined ? 1 : WEIGHTS[reason];
  };

const MOST_SHOWN_WORDS = 10;

export const whyOf = ({ found, words }: Hit, likeness: (found: IndexedCase) => DeviceReason | undefined): readonly Why[] => {
  const reason = likeness(found);
  return [...(reason === undefined ? [] : [{ reason }]), { reason: 'WORDS', words: words.slice(0, MOST_SHOWN_WORDS) }];
};
