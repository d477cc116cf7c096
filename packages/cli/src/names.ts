/**
 * Names that command lines may hold, apart from what uses them, so that help and completion need not load that. Tests hold
 * them equal to the tables that they stand for.
 */
export const HASH_TYPE_NAMES = ['MD5', 'SHA1', 'SHA256', 'SHA512'] as const
export const PRESET_NAMES = ['get-and-list', 'upload', 'recent-calls', 'full'] as const
export const KIND_NAMES = ['admin', 'user', 'widget', 'none'] as const
export const SHELL_NAMES = ['bash', 'zsh', 'fish', 'powershell'] as const
export const EXPORT_SHELL_NAMES = ['sh', 'fish', 'powershell'] as const
