import { deciding } from '../change-repair.js';
import { ready } from '../payment/decide-handover.js';

/** `POST /repairs/:id/ready`: the customer is told that the device can be collected. */
export const readyRepair = deciding((before, _, stamp) => ready(before, stamp));
