import Joi from 'joi';
import type { Money } from '@riparo/shared/contracts/money';
import { vatRate } from '@riparo/shared/http/price-line-schema';
import { code, line, moneyOrMinorUnits } from '@riparo/shared/http/schemas';
import type { DeviceModel, PartFields } from './part.js';

/** A part as requests send it: a bare number of money is minor units in the currency of the tenant or of the part. */
export interface PartInput extends Omit<PartFields, 'salePrice' | 'cost'> {
  readonly salePrice: Money | number;
  readonly cost: Money | number;
}

const MAX_WARRANTY_MONTHS = 120;
const MAX_MINIMUM = 100_000;
/** A charger fits hundreds of devices. */
const MAX_MODELS = 300;

export const deviceModels = () =>
  Joi.array<DeviceModel[]>()
    .items(Joi.object<DeviceModel>({ brand: line(100).required(), model: line(100).required() }))
    .max(MAX_MODELS);

const required = { sku: code(64), name: line(200), salePrice: moneyOrMinorUnits(), cost: moneyOrMinorUnits(), vatRate: vatRate() };
const optional = {
  brand: line(100),
  warrantyMonths: Joi.number().strict().integer().min(0).max(MAX_WARRANTY_MONTHS),
  minimumStock: Joi.number().strict().integer().min(0).max(MAX_MINIMUM),
  supplier: line(200),
  shelf: line(100),
  barcode: code(64),
};

/** Of a new part. */
export const newPartFields = {
  ...Object.fromEntries(Object.entries(required).map(([name, schema]) => [name, schema.required()])),
  ...optional,
  compatibleWith: deviceModels().default([]),
};

/** Of a change: what is left out stays, `null` clears what may be empty. */
export const editedPartFields = {
  ...required,
  ...Object.fromEntries(Object.entries(optional).map(([name, schema]) => [name, schema.allow(null)])),
  compatibleWith: deviceModels(),
};
