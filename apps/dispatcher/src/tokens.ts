export const CONFIG = Symbol('ServiceConfig');
export const LOGGER = Symbol('Logger');
export const DATABASE = Symbol('Database');
export const DELIVERY_STORE = Symbol('DeliveryStore');
export const SENDER = Symbol('Sender');
export const FALLBACK_STORE = Symbol('DeliveryStore of fallbacks');
export const FALLBACK_PIPELINE = Symbol('DeliveryPipeline of fallbacks');
export const FALLBACK_SWEEPER = Symbol('Sweeper of fallbacks');
