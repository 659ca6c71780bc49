import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './app/global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App, createApp } from './app/app'

const element = document.querySelector('#root')
if (element !== null) {
  createRoot(element).render(
    <StrictMode>
      <App {...createApp()} />
    </StrictMode>,
  )
}
