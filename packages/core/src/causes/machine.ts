import type { CauseText } from './cause.ts'

/** What a doctor on the server's own machine sees. */
export const MACHINE_CAUSES = {
  'master-key-unusable': {
    class: 'server',
    title: 'The master key is missing or cannot be used',
    symptom: 'The server does not start, or cannot read what it has stored',
    check: 'Look for the file that LATCHKEY_MASTER_KEY_FILE names.',
    remedy: [
      'Put the file back from where it is kept; without it nothing that is sealed can be read.',
      'Check that the user who runs the server may read it.',
    ],
  },
  'master-key-open': {
    class: 'server',
    title: 'Others on this machine may read the master key',
    symptom: 'The server does not start; whoever reads the key and the store has every secret',
    check: 'The mode of the file is 0600.',
    remedy: ['chmod 600 the file.', 'If others had the chance to read it, change the secrets of the accounts.'],
  },
  'store-unreachable': {
    class: 'server',
    title: 'The store does not answer',
    symptom: '`SERVICE_UNAVAILABLE`, and /readyz answers 503',
    check: 'Open it with the same settings as the server.',
    remedy: ['Check LATCHKEY_DATA or LATCHKEY_DATABASE_URL, and that the database runs.'],
  },
  'store-version': {
    class: 'server',
    title: 'The store is of another version than this program',
    symptom: 'The server does not start after a step back to an older version',
    check: "Compare the store's list of migrations with those of this version.",
    remedy: ['Run the version that the store was last opened with, or a newer one.'],
  },
  'disk-full': {
    class: 'server',
    title: 'There is little room on the disk of the data directory',
    symptom: '`SERVICE_UNAVAILABLE` for whatever has to be written',
    check: 'df shows the free space.',
    remedy: ['Make room, or move the data directory.'],
  },
} as const satisfies Record<string, CauseText>
