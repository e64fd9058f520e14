export * from './all-categories.js';
export * from './canonical.js';
export type { CategorySpec, DecodeOptions } from './category-spec.js';
export type { Category } from './define-category.js';
export type { EncodeOptions } from './encode-create.js';
export type { PlanOptions } from './plan-steps.js';
export * from './platform.js';
export { typeNameOf } from './read-shape.js';
export * from './step.js';
