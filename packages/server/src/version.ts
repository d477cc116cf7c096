/** Of this server, as `system.getVersion` tells it. */
export const VERSION = '0.1.0'
