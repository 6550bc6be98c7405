import { created, noContent, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Caller } from '@riparo/shared/contracts/caller';
import { forbidden } from '@riparo/shared/errors/common-errors';
import Joi from 'joi';
import { languageOf, type CentreOf } from '../../centre.js';
import { onlinePaymentOff, paymentMethodNotFound } from '../payment.errors.js';
import type { Payers } from '../payment.repository.js';
import type { PaymentProvider, SavedMethod } from '../online/stripe-provider.js';

export interface MethodDeps {
  readonly payers: Payers;
  readonly provider: PaymentProvider;
  readonly centreOf: CentreOf;
  readonly publicUrl: string;
}

interface Params {
  readonly id: string;
}
/** The provider's ids are no UUIDs. */
export const paymentMethodParams = Joi.object<Params>({
  id: Joi.string()
    .pattern(/^\w{1,100}$/)
    .required(),
});

const customerOf = ({ customerId }: Caller): string => {
  if (customerId === undefined) throw forbidden('Only customers keep payment methods.');
  return customerId;
};

const payerIdOf = async ({ payers }: MethodDeps, caller: Caller): Promise<string | undefined> =>
  (await payers.in(caller.tenantId).find(customerOf(caller)))?.providerId;

/** The provider's number of the customer; made at the first use, once: the provider takes the same request once. */
const makePayer = async ({ payers, provider }: MethodDeps, caller: Caller): Promise<string> => {
  const customerId = customerOf(caller);
  const inTenant = payers.in(caller.tenantId);
  const known = await inTenant.find(customerId);
  if (known !== undefined) return known.providerId;
  const providerId = await provider.createPayer(caller.tenantId, customerId);
  return (await inTenant.insert({ id: customerId, providerId })).providerId;
};

const methodsOf = async (deps: MethodDeps, caller: Caller): Promise<readonly SavedMethod[]> => {
  const payerId = await payerIdOf(deps, caller);
  return payerId === undefined ? [] : deps.provider.listMethods(payerId);
};

const refuseIfOff = ({ provider }: MethodDeps): void => {
  if (!provider.isOn) throw onlinePaymentOff();
};

/** `GET /me/payment-methods`. */
export const listPaymentMethods =
  (deps: MethodDeps) =>
  async ({ caller }: Call): Promise<Reply> => {
    refuseIfOff(deps);
    return ok(await methodsOf(deps, caller));
  };

/** `POST /me/payment-methods`: the card is typed on the provider's page; it never comes here. */
export const addPaymentMethod =
  (deps: MethodDeps) =>
  async ({ caller }: Call): Promise<Reply> => {
    refuseIfOff(deps);
    const payerId = await makePayer(deps, caller);
    const { locale } = await deps.centreOf(caller.tenantId);
    return created('/me/payment-methods', { url: await deps.provider.startSetup(payerId, languageOf(locale), deps.publicUrl) });
  };

/** Nobody else's method may be touched, and a stranger's is as unknown as one that does not exist. */
const findTheirs = async (deps: MethodDeps, caller: Caller, id: string): Promise<string> => {
  refuseIfOff(deps);
  const payerId = await payerIdOf(deps, caller);
  const methods = payerId === undefined ? [] : await deps.provider.listMethods(payerId);
  if (payerId === undefined || !methods.some((method) => method.id === id)) throw paymentMethodNotFound();
  return payerId;
};

/** `DELETE /me/payment-methods/:id`. */
export const removePaymentMethod =
  (deps: MethodDeps) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, Params>): Promise<Reply> => {
    await findTheirs(deps, caller, id);
    await deps.provider.removeMethod(id);
    return noContent();
  };

/** `PUT /me/payment-methods/:id/default`. */
export const chooseDefaultMethod =
  (deps: MethodDeps) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, Params>): Promise<Reply> => {
    const payerId = await findTheirs(deps, caller, id);
    await deps.provider.chooseMethod(payerId, id);
    return ok(await methodsOf(deps, caller));
  };
