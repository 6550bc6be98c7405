import { decodeValue } from '../bson/decode.js';
import { encodeElement } from '../bson/encode.js';
import { FieldSet, Splicer, visitFields } from '../bson/raw.js';
import { type Doc, isDoc, type Value } from '../bson/values.js';

export type Transform = (value: Value | undefined, root: Doc) => Value | undefined;

/** The projection as a tree of path parts. */
export interface Branch {
  children: Map<string, Branch>;
  rule?: 'include' | 'exclude' | Transform;
}

function projectValue(value: Value | undefined, branch: Branch, including: boolean, root: Doc): Value | undefined {
  if (typeof branch.rule === 'function') return branch.rule(value, root);
  if (branch.rule === 'include') return value;
  if (branch.rule === 'exclude') return undefined;
  if (isDoc(value)) return projectFields(value, branch, including, root);
  if (Array.isArray(value)) {
    const items = value.map((item) =>
      isDoc(item) || Array.isArray(item) ? projectValue(item, branch, including, root) : including ? undefined : item,
    );
    return items.filter((item) => item !== undefined);
  }
  return including ? undefined : value;
}

export function projectFields(document: Doc, branch: Branch, including: boolean, root: Doc): Doc {
  const result: Doc = new Map();
  for (const [name, value] of document) {
    const child = branch.children.get(name);
    const kept = child ? projectValue(value, child, including, root) : including ? undefined : value;
    if (kept !== undefined) result.set(name, kept);
  }
  // Computed fields that the document does not have come last, in the projection's order.
  for (const [name, child] of branch.children) {
    if (document.has(name)) continue;
    const value = buildMissing(child, root);
    if (value !== undefined) result.set(name, value);
  }
  return result;
}

function buildMissing(branch: Branch, root: Doc): Value | undefined {
  if (typeof branch.rule === 'function') return branch.rule(undefined, root);
  if (branch.rule !== undefined) return undefined;
  const result: Doc = new Map();
  for (const [name, child] of branch.children) {
    const value = buildMissing(child, root);
    if (value !== undefined) result.set(name, value);
  }
  return result.size > 0 ? result : undefined;
}

/** Whether the projection only keeps and drops: nothing is computed, and no array element has to be known. */
export function isPlain(branch: Branch): boolean {
  if (typeof branch.rule === 'function') return false;
  for (const child of branch.children.values()) if (!isPlain(child)) return false;
  return true;
}

/** Keeps and drops on the stored bytes; only a field of which a part is kept is decoded. */
export function bytesProjector(root: Branch, including: boolean): (bytes: Buffer) => Buffer {
  const names = new FieldSet(new Set(root.children.keys()));
  return (bytes) => {
    const out = new Splicer(bytes);
    let kept = 4;
    const seen = new Set<string>();
    visitFields(bytes, names, ({ name, type, start, value, end }) => {
      // What stands twice is left out, but for the first, also where nothing is left out of that one.
      const child = seen.has(name) ? undefined : root.children.get(name);
      seen.add(name);
      if (!including) out.keep(kept, start);
      if (child?.rule === 'include') out.keep(start, end);
      else if (child?.rule === undefined && child) {
        const part = projectValue(decodeValue(bytes, type, value), child, including, new Map());
        if (part !== undefined) out.add(encodeElement(name, part));
      }
      kept = end;
      return !including || seen.size < names.size;
    });
    if (!including) out.keep(kept, bytes.length - 1);
    return out.finish();
  };
}
