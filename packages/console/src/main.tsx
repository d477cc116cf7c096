import './look/tokens.css'
import './look/base.css'
import './look/shell.css'
import './look/controls.css'
import './look/parts.css'
import './look/forced-colors.css'
import { render } from 'preact'
import { keepServiceUrl } from './app/keep-service-url.ts'
import { keepSignedIn } from './app/keep-signed-in.ts'
import { startKeys } from './app/keys.tsx'
import { startRouting } from './app/router.ts'
import { Shell } from './app/shell.tsx'
import { startTheme } from './app/theme.ts'
import { startTicking } from './connection/clock.ts'

startTheme()
startTicking()
startRouting()
startKeys()
keepServiceUrl()
keepSignedIn()
const root = document.getElementById('app')
if (root !== null) render(<Shell />, root)
