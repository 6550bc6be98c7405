import type { Repository } from '@riparo/shared/persistence/repository';
import { isFailing } from '../failed-address/failed-address.js';
import type { FailedAddresses } from '../failed-address/failed-address.repository.js';
import type { Channel } from '../notification/notification.js';
import { categoryPreference, type PreferenceEntity, type Preferences } from '../preference/preference.js';
import type { StoppedNumbers } from '../sms/stopped-numbers.js';
import { addressId } from '../unsubscribe/address-id.js';
import type { Progress } from './announcement.js';
import type { Asked, NextReaders, Reader } from './audience.js';
import { wayToReader } from './way-to-reader.js';

/** Why somebody of an audience gets nothing on a channel. */
export const LEFT_OUT_REASONS = ['NO_ADDRESS', 'SWITCHED_OFF', 'ADDRESS_FAILED'] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

export interface ChannelReach {
  readonly channel: Channel;
  reached: number;
  readonly leftOut: Record<LeftOutReason, number>;
}

export interface Reach {
  readonly people: number;
  /** There are more: counting ends after so many people. */
  readonly isLowerBound: boolean;
  readonly channels: readonly ChannelReach[];
}

export interface ReachDeps {
  readonly nextReaders: NextReaders;
  readonly preferences: Repository<PreferenceEntity>;
  readonly failedAddresses: FailedAddresses;
  readonly stoppedNumbers: Pick<StoppedNumbers, 'has'>;
}

/** A preview is asked for by hand, and looks at each person: so many take about as long as somebody waits. */
export const MOST_COUNTED = 10_000;
/** An address fails once; the list has room for more all the same. */
const FAILURES = 1_000;

/** Where a reader's choice is kept: under the account, else under the address. */
const choiceIdOf = ({ userId, email = '', phone = '' }: Reader, channel: Channel): string =>
  userId ?? addressId(channel === 'SMS' ? phone : email);

const FIELD = { EMAIL: 'email', SMS: 'sms', IN_APP: 'inApp' } as const;

/** Counts whom an announcement would reach at this moment, by the rules by which delivery leaves people out. */
export const createReach = ({ nextReaders, preferences, failedAddresses, stoppedNumbers }: ReachDeps) => {
  const choicesOf = async (tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Preferences>> => {
    const found = await preferences.in(tenantId).list({ id: { $in: [...ids] } }, { limit: ids.length });
    return new Map(found.map((each) => [each.id, each]));
  };
  const failedOf = async (tenantId: string, readers: readonly Reader[]): Promise<ReadonlySet<string>> => {
    const emails = readers.flatMap(({ email }) => email?.toLowerCase() ?? []);
    const found = await failedAddresses.in(tenantId).list({ address: { $in: emails } }, { limit: FAILURES });
    return new Set(found.filter(isFailing).map(({ address }) => address));
  };

  const countStep = async (tenantId: string, readers: readonly Reader[], reach: ChannelReach): Promise<void> => {
    const { channel, leftOut } = reach;
    const reachable = readers.filter((reader) => 'target' in wayToReader(reader, channel));
    leftOut.NO_ADDRESS += readers.length - reachable.length;
    if (reachable.length === 0) return;
    const choices = await choicesOf(
      tenantId,
      reachable.map((reader) => choiceIdOf(reader, channel)),
    );
    const stopped = await Promise.all(
      reachable.map(({ phone = '' }) => (channel === 'SMS' ? stoppedNumbers.has(phone) : Promise.resolve(false))),
    );
    const wanted = reachable.filter(
      (reader, index) => !stopped[index] && categoryPreference(choices.get(choiceIdOf(reader, channel)), 'ANNOUNCEMENTS')[FIELD[channel]],
    );
    leftOut.SWITCHED_OFF += reachable.length - wanted.length;
    const failed = channel === 'EMAIL' ? await failedOf(tenantId, wanted) : new Set<string>();
    const working = wanted.filter(({ email = '' }) => !failed.has(email.toLowerCase()));
    leftOut.ADDRESS_FAILED += wanted.length - working.length;
    reach.reached += working.length;
  };

  return async (tenantId: string, asked: Asked, channels: readonly Channel[]): Promise<Reach> => {
    const counts = channels.map((channel): ChannelReach => ({
      channel,
      reached: 0,
      leftOut: { NO_ADDRESS: 0, SWITCHED_OFF: 0, ADDRESS_FAILED: 0 },
    }));
    let people = 0;
    let progress: Progress | undefined = { stage: 0 };
    while (progress !== undefined && people < MOST_COUNTED) {
      const { readers, next } = await nextReaders(tenantId, asked, progress);
      for (const each of counts) await countStep(tenantId, readers, each);
      people += readers.length;
      progress = next;
    }
    return { people, isLowerBound: progress !== undefined, channels: counts };
  };
};
