import type { Money } from '@riparo/shared/contracts/money';
import type { PublishedPart } from '@riparo/shared/contracts/parts.events';
import { compact } from '@riparo/shared/json/compact';
import type { Entity } from '@riparo/shared/persistence/repository';
import { fold } from '@riparo/shared/text/fold';
import { boundedWords, searchWords } from '@riparo/shared/text/search-words';
import type { Reservation } from './reservation/reservation.js';
import type { StockMovement } from './stock/stock-movement.js';

/** A device that the part is made for. */
export interface DeviceModel {
  readonly brand: string;
  readonly model: string;
}

/** What the desk writes of a part. All its money is in one currency. */
export interface PartFields {
  readonly sku: string;
  readonly name: string;
  readonly brand?: string;
  readonly compatibleWith: readonly DeviceModel[];
  /** Without VAT, of one piece. */
  readonly salePrice: Money;
  /** What one piece costs by the catalogue: the default of orders and receipts. What pieces have cost is `stockValue`. */
  readonly cost: Money;
  /** Percent. */
  readonly vatRate: number;
  readonly warrantyMonths?: number;
  readonly minimumStock?: number;
  readonly supplier?: string;
  /** Where it lies. */
  readonly shelf?: string;
  readonly barcode?: string;
}

/** Pieces of one line of a purchase order that are still to come. */
export interface OnOrder {
  readonly orderId: string;
  readonly lineId: string;
  readonly remaining: number;
  /** `YYYY-MM-DD` */
  readonly expectedOn?: string;
}

/** What a change wrote beside the part itself, until it is in the collections of its own; see `change-part.ts`. */
export interface Unfiled {
  readonly since: Date;
  readonly movements: readonly StockMovement[];
  /** Reservations as they are after the change, ended ones too. */
  readonly reservations: readonly Reservation[];
}

/** Fields by which lists find and sort. */
export interface PartKeys {
  readonly skuKey: string;
  readonly nameKey: string;
  readonly searchWords: readonly string[];
  readonly brandKeys: readonly string[];
  readonly modelKeys: readonly string[];
  readonly fitKeys: readonly string[];
}

export interface Part extends Entity, PartFields, PartKeys {
  /** Counts the edits of what the desk writes, from 1; stock does not move it. Missing in parts of earlier versions: 1. */
  readonly revision?: number;
  /** `false`: no longer offered. Pieces may be left, and reservations that were made before hold. */
  readonly active: boolean;
  readonly onHand: number;
  /** Pieces of all reservations that are RESERVED. */
  readonly reserved: number;
  /** What the pieces on the shelf have cost, in minor units; 0 without pieces. The average cost is `stockValue / onHand`. */
  readonly stockValue: number;
  /** How many movements there were. */
  readonly movementCount: number;
  /** RESERVED and BACKORDERED, the oldest first. */
  readonly reservations: readonly Reservation[];
  readonly onOrder: readonly OnOrder[];
  /** Fewer pieces are available than `minimumStock`. */
  readonly low?: true;
  readonly unfiled?: Unfiled;
}

/** A part as lists read it. */
export type ListedPart = Omit<Part, 'reservations' | 'unfiled'>;
/** What lists do not show, and what grows with every reservation. */
export const NOT_LISTED = ['reservations', 'unfiled'] as const satisfies readonly (keyof Part)[];

/** The version as readers count it: whoever edits a name is not disturbed by pieces that are sold. */
export const revisionOf = ({ revision = 1 }: Pick<Part, 'revision'>): number => revision;

export const availableOf = ({ onHand, reserved }: Pick<Part, 'onHand' | 'reserved'>): number => onHand - reserved;

export const currencyOf = ({ salePrice }: Pick<Part, 'salePrice'>): string => salePrice.currency;

/** Rounded; `undefined` without pieces. */
export const averageCostOf = (part: Pick<Part, 'onHand' | 'stockValue' | 'salePrice'>): Money | undefined =>
  part.onHand === 0 ? undefined : { amount: Math.round(part.stockValue / part.onHand), currency: currencyOf(part) };

export const isLow = ({ active, minimumStock, ...stock }: Pick<Part, 'active' | 'minimumStock' | 'onHand' | 'reserved'>): boolean =>
  active && minimumStock !== undefined && availableOf(stock) < minimumStock;

/** Brand and model as one key: a device and a part that fits it have the same one. */
export const fitKey = ({ brand, model }: DeviceModel): string => `${fold(brand)}\n${fold(model)}`;

const each = (keys: readonly string[]): readonly string[] => [...new Set(keys)];

export const keysOf = ({ sku, barcode, name, brand, compatibleWith }: PartFields): PartKeys => ({
  skuKey: fold(sku),
  nameKey: fold(name),
  searchWords: boundedWords(searchWords(sku, barcode, name, brand, ...compatibleWith.flatMap((device) => [device.brand, device.model]))),
  brandKeys: each([...(brand === undefined ? [] : [brand]), ...compatibleWith.map((device) => device.brand)].map(fold)),
  modelKeys: each(compatibleWith.map(({ model }) => fold(model))),
  fitKeys: each(compatibleWith.map(fitKey)),
});

export const publishPart = (part: Part): PublishedPart =>
  compact({
    id: part.id,
    sku: part.sku,
    name: part.name,
    brand: part.brand,
    salePrice: part.salePrice,
    vatRate: part.vatRate,
    warrantyMonths: part.warrantyMonths,
    minimumStock: part.minimumStock,
    active: part.active,
    onHand: part.onHand,
    reserved: part.reserved,
    available: availableOf(part),
  });
