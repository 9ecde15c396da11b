"""word of a post -> word of the dictionary: abbreviations and spellings of Indonesian posts, written from knowledge.

One line a target: the standard form, a colon, the forms that stand for it. A form is listed only where its meaning
hardly depends on the sentence: "sm", "k", "d", "g" are not. Targets may be several words. Regional languages and
English are left alone; so are the names of offices (KPU, TPS), which are words of their own here.
"""

from typing import Final

_TABLE: Final = """
yang: yg yng iang
tidak: tdk tak gak ga gk ngga nggak enggak engga ngak kagak kaga tdak tidk tida gaak ndak ndk nda kgk nggk ngk kaggak
tidak ada: gaada gakada tdkada gada takada
tidak usah: gausah gakusah
tidak bisa: gabisa gakbisa
tidak mau: gamau gakmau
tidak tahu: gatau gaktau gtau gatahu entahlah
tidak apa-apa: gapapa gpp gakpapa gppa ngapapa nggapapa
tidak pernah: gapernah
tidak jelas: gajelas gaje
bukan: bkn bukn bkan
jangan: jgn jngn jangn
jangan-jangan: jgn2
belum: blm belom blom blum blon
sudah: sdh udh udah dah sdah suda sudh uda udeh
telah: tlh tlah
akan: akn
dengan: dgn dg dngn dngan dengn dng
untuk: utk untk tuk utuk buwat
dari: dri
daripada: drpd drpada
pada: pd
kepada: kpd kpda
dalam: dlm dlam
karena: krn karna krna krena coz cuz
sebab: sbab
sebagai berikut: sbb
laki-laki: lk2
juga: jg jga jugak jugaa
saja: sj aja aj ajah ajaa
seperti: sprti sprt kayak kyk kyak
dan lain-lain: dll
dan sebagainya: dsb
dan kawan-kawan: dkk
atau: ato ataw
tetapi: tp tpi tapi ttpi
kalau: klo kalo klu klau kalu kalok klw
bahwa: bhw bhwa bahwasanya bahwasannya
jadi: jd jdi
sampai: sampe smpe smpai ampe nyampe
masih: msh masi msi
lagi: lg lgi
ini: nih
itu: tuh
bisa: bs bsa bisaa
dapat: dpat dapet dpet
banyak: byk bnyk bnyak buanyak
sangat: sgt sngt
sekali: bgt banget bngt bgtt bgtz bangettt
lebih: lbh lbih
kurang: krg krng
orang: org orng orank ornag
orang-orang: org2
anak-anak: ank2
saya: sy sya saye gue gw gua gwe ane w4 aq aku akyu aing
kamu: kmu lu loe lo elu elo ente
mereka: mrk mreka merka
kita: kite
kami: kmi
dia: doi
siapa: syapa
apa: apaan
bagaimana: gimana gmn gmna bgmn bgmna gimna bgaimana gmana
mengapa: knp knapa kenapa napa ngapa
kapan: kpn
di mana: dmn dimana dmana
ke mana: kmn kemana kmana
sekarang: skrg skrng skg skarang skrang sekrang skr sekarng
kemarin: kmrn kmren kemaren kmarin
nanti: ntar ntr nti entar
tadi: tdi
dahulu: dulu dlu
sebelum: sblm sblum sebelom
sesudah: ssdh
setelah: stlh stelah
sering: srg srng
semua: smua smw semuah smuanya
semoga: smoga
setiap: stiap tiap2 stp
sedang: sdg sdng
sebagai: sbg sbgai
sendiri: sndri sndiri ndiri
serta: srta
selalu: slalu sllu
sedikit: sdkt dikit sikit
sebentar: bntr bentar sbntr
besar: bsr gede guede
kecil: kcl kecik
benar: bnr bener bnar benr bner
betul: btul btl betol
baik: baek baikk
bagus: bgs bgus
buat: bwt bikin bkin
begitu: gitu gtu
begini: gini gni
cepat: cpt cepet cpat
cukup: ckp
cuma: cman cuman cma
hanya: hny hnya
adalah: adlh adlah
ada: adaa
punya: pny pnya puny
pakai: pake pke pakek mke
ingin: pengen pingin pengin kepengen
harus: hrus kudu
boleh: blh bole
perlu: prlu
tahu: tau
lihat: liat lht liatin
dengar: denger dgr
bilang: blg bilng ngomong ngmng
kata: kt
katanya: ktnya ktanya
tanya: tny
jawab: jwb
ambil: ambl
kasih: ksh
terima kasih: tks trims makasih thx thanks makasi mksh trimakasih terimakasih tengkyu tq
maaf: mf maap sori sorry
mohon: mhn
tolong: tlg tlong tulung
silakan: silahkan slhkn silahken
hati-hati: hati2 ati2
awas: awass
waspada: wspd
sebarkan: sebarin
viralkan: viralin viralkn
bagikan: share bagiin sher
salin tempel: copas copast kopas
informasi: info infonya inpo
berita: brita berits
hoaks: hoax hoak hox hoaxs hoakz hoaxx
fitnah: pitnah fitna
bohong: boong boongan
dusta: dustaa
rakyat: rakyt rkyt
negara: ngra
negeri: negri
pemerintah: pemrintah pmrintah
presiden: presidn prsiden
pemilu: pemilo
masyarakat: masy msyrkt masyrakat
kabupaten: kab
kecamatan: kec
kelurahan: kel
provinsi: prov propinsi
jalan: jln jl
rumah: rmh
rumah sakit: rs
sekolah: skolah skul
perempuan: prempuan cewek cewe
ibu: ibuk
saudara: sdr sodara sdra
saudara-saudara: sdr2
teman: temen tmn
teman-teman: temen2 tmn2
keluarga: klrga kluarga
nomor: nmr nomer nmer no
telepon: telp tlp tlpn telfon telpon
ponsel: hp hape handphone
whatsapp: wa whatsap watsap watsapp wasap
facebook: fb pesbuk fesbuk
instagram: ig
twitter: twiter
youtube: yutub ytb
tanggal: tgl
tahun: thn taun
bulan: bln
minggu: mggu
hari: hri
malam: malem
siang: siank
jam: jm
juta: jt
miliar: milyar milyard
triliun: trilyun
uang: duit
kerja sama: kerjasama
tanggung jawab: tanggungjawab
terus: trs trus teros
terjadi: trjadi
tentang: ttg tntg
tersebut: tsb tsbt trsbt
terhadap: thd thdp
termasuk: trmsk
ternyata: trnyata trnyta
terakhir: trakhir
tetap: ttp tetep
langsung: lgsg lgsng lsg lngsng
lama: lma
lain: laen
lewat: lwt
mari: yuk yuks ayo ayok hayo hayuk
menurut: mnrt nurut
menjadi: mnjd mnjadi
mungkin: mgkn mngkn mungkn
masuk: msk
mulai: mulae
muslim: muslem
namun: nmun
oleh: olh
paling: plg pling
padahal: pdhl pdahal
pasti: psti pst
pernah: prnh
parah: prh
percaya: prcaya
pertama: prtama
pulang: plng
ramai: rame
sebenarnya: sbnrnya sebenernya sbenarnya
seluruh: slruh
selamat: slmt
sesuai: ssuai
segera: sgra
selain: slain
supaya: spy supya biar
tempat: tmpt tmpat
tentu: tntu
tiba-tiba: tbtb
benar-benar: bener2
tinggal: tinggl
waktu: wkt
walaupun: wlpn walopun
ya: iya iy yaa yah iyah yoi
ayat: ayt
insya allah: insyaallah insyallah insyaalloh inshaallah insyaa
alhamdulillah: alhamdulilah hamdalah
assalamualaikum: assalamu asslmkm assalamualaykum
subhanallah: subhanalloh subhanaallah
masya allah: masyaallah masyallah masyaalloh
astaga: astagaa astogeh
astagfirullah: astaghfirullah astagfirulloh astaghfirulloh
allah: alloh
salat: sholat shalat solat
azan: adzan
ustaz: ustad ustadz ustadh ust ustat
kiai: kyai kiyai yai
umat: ummat
izin: ijin
apotek: apotik
risiko: resiko
atlet: atlit
jenderal: jendral jend
objek: obyek
aktivitas: aktifitas
sistem: sistim
praktik: praktek
nasihat: nasehat
antre: antri
utang: hutang
napas: nafas
zaman: jaman
rezeki: rejeki rizki rezki
polisi: pulisi polici
video: vidio pidio vidionya
foto: poto photo
gambar: gbr
surat: srt
orang tua: ortu
buruan: buruann
gratis: geratis gretong
daftar: dftar
klik: klick clik
tautan: link
grup: group grop grub
akun: account
komentar: komen coment comment
berapa: brp brapa brpa
beberapa: bbrp bberapa beberpa
datang: dtg dateng dtng
depan: dpn
meskipun: mskpn mskipun
sementara: smntr smentara sementra
sebelah: sblh sebelh
sebelumnya: sblmnya sblumnya
tanpa: tnpa tampa
tersangka: tsk
tanda tangan: ttd tandatangan
yang terhormat: yth
yang bersangkutan: ybs
hubungi: hubungin
adik: adek
abang: abg
minta: mnta
bicara: bcr
sampai dengan: s/d
atas nama: a/n a.n
dengan alamat: d/a
ketemu: ktmu
selesai: slesai kelar
viral: piral
admin: mimin
"""


def _read(table: str) -> dict[str, str]:
    lines = (line.partition(":") for line in table.strip().splitlines())
    return {form: target for target, _, forms in lines for form in forms.split()}


SLANG: Final[dict[str, str]] = _read(_TABLE)

_KNOWN: Final = """
pemilu pilpres pilkada pilgub pilbup pilwali pilwalkot pileg capres cawapres caleg cagub cawagub cabup paslon
bawaslu panwaslu panwas kpps tps dpt dprd polri gakkumdu kpud sirekap situng golkar gerindra nasdem demokrat
perindo hanura pdip jokowi prabowo gibran anies baswedan ganjar mahfud muhaimin megawati kaesang ahok rizieq luhut
sandiaga mafindo hoaks hoax indonesia jakarta cina china korona corona covid vaksinasi islam kristen yahudi israel
palestina rohingya komunis komunisme pki isis muhammadiyah habib ustaz tiktok whatsapp facebook youtube instagram
telegram twitter google video viral banget bansos pertamina server tidak bukan gratis kuota klik link tautan
hadiah undian penipuan penipu selingkuh skandal zionis amerika rusia ukraina papua jawa sumatra kalimantan
sulawesi aceh bali bandung surabaya asing aseng tionghoa tiongkok ijazah curang ktp ektp tni nkri pesta anjing
bangsat babi kontol memek ngentot setan iblis dajjal mampus goblok tolol kampret cebong kadrun cebongers kafir
murtad sesat makar jihad khilafah teroris bom narkoba sabu miras judi judol slot gacor
"""
KNOWN: Final = frozenset(_KNOWN.split())
"""Words that a disguise hides and that are no root of the dictionary: what "p1lpres" may be read as."""
