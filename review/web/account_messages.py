"""What the page says of signing and of a person's own account, in English and Thai."""

from __future__ import annotations

from collections.abc import Mapping

ACCOUNT_TABLE: Mapping[str, tuple[str, str]] = {
    "sign_password": ("Your password, which stands for your signature", "รหัสผ่านของท่าน ใช้แทนลายมือชื่อ"),
    "sign_password_wrong": ("The password is wrong, or was tried too often. Nothing was signed.",
                            "รหัสผ่านไม่ถูกต้อง หรือลองหลายครั้งเกินไป ยังไม่ได้ลงนาม"),
    "your_account": ("Your account", "บัญชีของท่าน"),
    "password_current": ("Your password now", "รหัสผ่านปัจจุบัน"),
    "password_new": ("New password", "รหัสผ่านใหม่"),
    "password_again": ("New password again", "รหัสผ่านใหม่อีกครั้ง"),
    "password_says": ("12 characters or more, such as several words. Your other sessions end.",
                      "อย่างน้อย 12 ตัวอักษร เช่น คำหลายคำ การใช้งานในเบราว์เซอร์อื่นจะสิ้นสุด"),
    "password_change": ("Change the password", "เปลี่ยนรหัสผ่าน"),
    "password_changed": ("Your password is changed.", "เปลี่ยนรหัสผ่านแล้ว"),
    "password_temporary": ("Somebody else has set your password. Set one of your own before you go on.",
                           "ผู้อื่นเป็นผู้ตั้งรหัสผ่านของท่าน โปรดตั้งรหัสผ่านของท่านเองก่อนทำงานต่อ"),
    "password_wrong": ("The current password is wrong, or was tried too often.",
                       "รหัสผ่านปัจจุบันไม่ถูกต้อง หรือลองหลายครั้งเกินไป"),
    "password_weak": ("That password will not do.", "ใช้รหัสผ่านนี้ไม่ได้"),
    "passwords_differ": ("The new password was typed in two ways.", "รหัสผ่านใหม่ที่พิมพ์สองครั้งไม่ตรงกัน"),
    "signing_keys": ("Keys that sign for you", "กุญแจที่ใช้ลงนามแทนท่าน"),
    "signing_keys_say": ("With a key anybody can verify your signature, and nobody signs for you without it.",
                 "เมื่อมีกุญแจ ใครก็ตรวจสอบลายมือชื่อของท่านได้ และไม่มีผู้ใดลงนามแทนท่านได้โดยไม่ใช้กุญแจนั้น"),
    "signing_keys_none": ("None yet: your signatures are your name as the program knows it, claimed and not signed.",
                  "ยังไม่มี ลายมือชื่อของท่านเป็นเพียงชื่อตามที่ระบบรู้จัก ยังไม่ได้ลงลายมือชื่อดิจิทัล"),
    "key": ("Key", "กุญแจ"),
    "key_file": ("OpenSSH key", "กุญแจ OpenSSH"),
    "key_counts": ("Counts from – to", "ใช้ได้ตั้งแต่ – ถึง"),
    "passkey_for": ("Passkey for", "พาสคีย์สำหรับ"),
    "passkey_add": ("Add a passkey of this device", "เพิ่มพาสคีย์ของอุปกรณ์นี้"),
    "passkey_end": ("End", "เลิกใช้"),
    "passkey_end_sure": ("End this passkey? What it has signed stands; it signs nothing more.",
                         "เลิกใช้พาสคีย์นี้หรือไม่ สิ่งที่ลงนามแล้วยังคงอยู่ แต่จะลงนามต่อไปไม่ได้"),
    "passkey_none": ("This browser knows no passkeys here.", "เบราว์เซอร์นี้ใช้พาสคีย์ที่นี่ไม่ได้"),
    "passkey_known": ("This device has a passkey of yours already.", "อุปกรณ์นี้มีพาสคีย์ของท่านแล้ว"),
    "passkey_refused": ("The passkey has not answered.", "พาสคีย์ไม่ตอบ"),
    "passkey_numbers": ("Browsers make passkeys for names, not for numbers: open this page by its name (localhost).",
                        "เบราว์เซอร์สร้างพาสคีย์ให้ที่อยู่ที่เป็นชื่อ ไม่ใช่ตัวเลข โปรดเปิดหน้านี้ด้วยชื่อ (localhost)"),
}  # fmt: skip
"""A part of the catalogue of `messages`."""
