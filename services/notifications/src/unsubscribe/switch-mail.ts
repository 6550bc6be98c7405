import type { Repository } from '@riparo/shared/persistence/repository';
import type { Chosen } from '../preference/chosen.js';
import { categoryPreference, type PreferenceEntity, type Preferences } from '../preference/preference.js';
import type { Opened } from './unsubscribe-links.js';

interface Deps {
  readonly preferences: Repository<PreferenceEntity>;
  readonly chosen: Pick<Chosen, 'forget'>;
}

/** Switches the mails of these categories on or off, and nothing else; again and again without a further effect. */
export const switchMail = async ({ preferences, chosen }: Deps, opened: Opened, isOn: boolean): Promise<void> => {
  const { tenantId, choiceId, categories } = opened;
  const inTenant = preferences.in(tenantId);
  const chosenNow = (current: Preferences | undefined): Pick<Preferences, 'categories'> => ({
    categories: {
      ...current?.categories,
      ...Object.fromEntries(categories.map((each) => [each, { ...categoryPreference(current, each), email: isOn }])),
    },
  });
  const change = () => inTenant.update(choiceId, (state) => ({ state: { ...state, ...chosenNow(state) } }));
  if ((await change()) === undefined) {
    // Somebody else's first choice at the same moment is there by then, and is changed like any other.
    await inTenant.insert({ id: choiceId, colleagues: false, ...chosenNow(undefined) });
    await change();
  }
  chosen.forget(tenantId, choiceId, undefined);
};
