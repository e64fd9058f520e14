export * from './answer-sealed.js';
export * from './body-as.js';
export * from './demand-signed.js';
export * from './open-port.js';
export * from './sealed-body.js';
export * from './signature.js';
export { type OtherInstance, tellInstance } from './tell-instance.js';
export * from './tell-sealed.js';
