import type { AssetEventV1 } from '@riparo/shared/contracts/assets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { isDeepStrictEqual } from 'node:util';
import { recountOfAsset } from '../ticket/sla/recount-due-times.js';
import { assetWords } from '../kernel/customer-and-device.js';
import type { UpkeepDeps } from './dependencies.js';

/** A device may have come under a plan or left one, so the due times of its open tickets are counted anew. */
export const onAsset =
  ({ tickets, replicas, recountDueTimes, work }: UpkeepDeps): EventHandler<AssetEventV1> =>
  async ({ tenantid, aggregateversion, data: { asset } }) => {
    const before = await replicas.assets.find(tenantid, asset.id);
    const renamed = before !== undefined && !isDeepStrictEqual(assetWords(before), assetWords(asset));
    if (renamed) await work.ask(tenantid, 'REFRESH_WORDS_OF_ASSET', asset.id);
    await replicas.assets.in(tenantid).keep(asset.id, aggregateversion, asset);
    if (renamed) work.wake();
    await recountOfAsset(tickets, recountDueTimes, tenantid, asset.id);
  };
