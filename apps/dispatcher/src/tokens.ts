export const CONFIG = Symbol('ServiceConfig');
export const LOGGER = Symbol('Logger');
export const DATABASE = Symbol('Database');
export const DELIVERY_STORE = Symbol('DeliveryStore');
export const SENDER = Symbol('Sender');
