import { file } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Printer } from '@riparo/shared/pdf/create-printer';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Asset } from '../asset/asset.js';
import { assetNotFound } from '../asset/asset.errors.js';
import { mayNotSee } from '../owner.js';
import type { Label } from './print-label.js';

const LABEL = new URL('./print-label.js', import.meta.url);

interface Deps {
  readonly assets: Repository<Asset>;
  readonly print: Printer;
  readonly publicUrl: string;
}

export const getLabel =
  ({ assets, print, publicUrl }: Deps) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const asset = await assets.in(caller.tenantId).find(id);
    if (asset === undefined || mayNotSee(caller, asset.customerId)) throw assetNotFound();
    const { friendlyName: name, brand, model, serialNumber } = asset;
    const url = new URL(`/assets/${id}`, publicUrl).href;
    const bytes = await print<Label>(LABEL, { url, name, kind: `${brand} ${model}`, serialNumber });
    return file(bytes, 'application/pdf', `label-${id}.pdf`, 'inline');
  };
