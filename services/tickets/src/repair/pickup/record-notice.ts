import { oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { compact } from '@riparo/shared/json/compact';
import type { Stamp } from '../../conversation/stamp.js';
import { applyChange } from '../apply-change.js';
import { deciding } from '../change-repair.js';
import { refuseFullTimeline, type RepairDecision, type RepairState } from '../repair.js';
import { DESK_CHANNELS, type PickupNotice } from './pickup.js';
import { repairNotLeftBehind } from './pickup.errors.js';

interface Body {
  readonly channel: (typeof DESK_CHANNELS)[number];
  readonly note?: string;
}

export const pickupNoticeBody = Joi.object<Body>({ channel: oneOf(DESK_CHANNELS).required(), note: paragraph(2_000) });

const SAID = { LETTER: 'Letter sent: the device waits to be collected', CALL: 'Called: the device waits to be collected' } as const;

const recordNotice = (before: RepairState, { channel, note }: Body, stamp: Stamp): RepairDecision => {
  const { status, pickup } = before;
  if (status !== 'READY_FOR_PICKUP' || pickup === undefined) throw repairNotLeftBehind(status);
  refuseFullTimeline(before, SAID[channel], note);
  const notice: PickupNotice = compact({ channel, at: stamp.at, note, byUserId: stamp.byUserId });
  return applyChange(
    before,
    {
      state: { pickup: { ...pickup, notices: [...pickup.notices, notice] } },
      entries: [{ type: 'SYSTEM', body: SAID[channel], metadata: { channel }, staffMetadata: compact({ note }) }],
    },
    stamp,
  );
};

/** `POST /repairs/:id/pickup-notices`: the desk wrote or called because nobody collects the device. */
export const recordPickupNotice = deciding<Body>(recordNotice);
