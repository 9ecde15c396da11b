"""Names of news outlets and of places that open a dateline: who speaks and from where, not what is said."""

import re
from typing import Final

_WORDS: Final = """
kompas kompascom kompastv kompasiana detikcom detiknews detikfinance detikhot detikinet detiksport detikoto
detiktravel detikhealth detikfood detikjabar detikjateng detikjatim detikjogja detikbali detiksumut detiksulsel
detiksumbagsel detikkalimantan detikevent detikedu detikx detikproperti detikpop detikhikmah okezone okezonecom
sindonews sindo koransindo inews inewsid idxchannel tribunnews tribunnewscom tribunners liputan6 liputan6com
kumparan republika republikaonline viva vivacoid vivanews antaranews antarafoto lkbn cnn cnbc cnnindonesia
cnbcindonesia metrotv metrotvnews tvone tvonenews idntimes jpnn jawapos rmol rmolid beritasatu katadata tirto
tirtoid mojok voiid gatra bisniscom tempoco temponews merdekacom suaracom beritagar kbr rri tvri rcti sctv
indosiar trans7 transtv gtv mnctv nettv inilahcom harianjogja solopos krjogja suaramerdeka suryacoid
wartakota wartakotalive serambinews bangkapos pontianakpost sripoku prohaba riauonline padangekspres radarsolo
radarbogor radarmalang radarkediri jawaposradar bbc afp reuters aljazeera cnet bloomberg turnbackhoax fajarcoid
brilio popmama popbela kapanlagi kapanlagicom hipwee fimela bolacom bolasport gridid nakita wowkeren matamata
herstory tabloidbintang pikiranrakyat ayobandung beritajatim timesindonesia okehealth okefinance okebola parapuan
sonora posmetro posmetromedan infonasional infobisnis
"""
WORDS: Final = frozenset(_WORDS.split())
"""One word, lower case, wherever it stands. Names that are common words too (tempo, antara, merdeka, suara) are known
only by their web address, by capitals or in a dateline."""

PATTERN: Final = re.compile(r"tribun(?![ae]|nya\b)[a-z]{3,}|(?!fake)[a-z]{3,}news(?:com|id)?|[a-z]{4,}tv")
"""How other outlets write themselves in one word, lower case: tribun..., ...news, ...tv."""

_NAMES: Final = """
CNN Indonesia, CNBC Indonesia, BBC Indonesia, BBC News Indonesia, BBC News, VOA Indonesia, DW Indonesia, Kompas
TV, KOMPAS TV, Harian Kompas, Harian KOMPAS, Metro TV, METRO TV, MetroTV, Media Indonesia, MEDIA INDONESIA, Jawa
Pos, JAWA POS, Pikiran Rakyat, PIKIRAN RAKYAT, Berita Satu, BERITA SATU, Suara Merdeka, SUARA MERDEKA, Suara
Pembaruan, Koran Tempo, Majalah Tempo, Banjarmasinpost, Serambi Indonesia, Warta Kota, Kantor Berita Antara,
Kantor Berita ANTARA, LKBN Antara, LKBN ANTARA, ANTARA News, ANTARA FOTO, Antara Foto, ANTARA, Trans TV, TRANS TV,
MNC TV, MNC Portal Indonesia, MNC Portal, TV One, TvOne, tvOne, IDN Times, IDX Channel, Koran Sindo, KORAN SINDO,
Tribun Timur, Tribun Jabar, Tribun Jateng, Tribun Medan, Tribun Pekanbaru, Tribun Jambi, Tribun Lampung, Tribun
Bali, Tribun Jogja, Tribun Manado, Tribun Kaltim, Tribun Batam, Tribun Sumsel, Tribun Network, Tribun Solo, Times
Indonesia, TIMES Indonesia
"""
NAMES: Final = tuple(_NAMES.strip().replace("\n", " ").split(", "))
"""Several words, or one in capitals, as they are written: capitals tell them from ordinary words."""

DOMAINS: Final = frozenset({"com", "id", "net", "org", "co", "tv", "gov", "io", "ly", "xyz", "blogspot"})
"""Endings that mark a word with a dot as a web address."""
PATHED: Final = DOMAINS | {"info", "news", "online", "site", "club", "top", "link", "my", "me", "be", "gl", "app"}
"""Endings that do so where a path follows; without one they may be words."""

_PLACES: Final = """
Jakarta, Jakarta Pusat, Jakarta Utara, Jakarta Barat, Jakarta Selatan, Jakarta Timur, Kepulauan Seribu, Bogor,
Depok, Tangerang, Tangerang Selatan, Tangsel, Bekasi, Cikarang, Serang, Cilegon, Lebak, Pandeglang, Rangkasbitung,
Bandung, Bandung Barat, Cimahi, Cirebon, Sukabumi, Tasikmalaya, Banjar, Garut, Ciamis, Cianjur, Karawang,
Purwakarta, Subang, Sumedang, Majalengka, Kuningan, Indramayu, Pangandaran, Semarang, Ungaran, Solo, Surakarta,
Salatiga, Magelang, Pekalongan, Tegal, Slawi, Brebes, Pemalang, Batang, Kendal, Demak, Kudus, Jepara, Pati,
Rembang, Blora, Grobogan, Purwodadi, Sragen, Karanganyar, Sukoharjo, Wonogiri, Klaten, Boyolali, Temanggung,
Wonosobo, Purworejo, Kebumen, Banjarnegara, Purbalingga, Banyumas, Purwokerto, Cilacap, Yogyakarta, Jogja, Yogya,
Sleman, Bantul, Gunungkidul, Gunung Kidul, Kulon Progo, Kulonprogo, Wonosari, Wates, Surabaya, Sidoarjo, Gresik,
Mojokerto, Jombang, Kediri, Kota Kediri, Kabupaten Kediri, Blitar, Tulungagung, Trenggalek, Nganjuk, Madiun,
Magetan, Ngawi, Ponorogo, Pacitan, Bojonegoro, Tuban, Lamongan, Malang, Kota Malang, Kepanjen, Batu, Kota Batu,
Pasuruan, Probolinggo, Lumajang, Jember, Bondowoso, Situbondo, Banyuwangi, Bangkalan, Sampang, Pamekasan, Sumenep,
Madura, Denpasar, Badung, Gianyar, Tabanan, Buleleng, Singaraja, Karangasem, Klungkung, Bangli, Jembrana, Ubud,
Kuta, Nusa Dua, Mangupura, Mataram, Lombok, Lombok Barat, Lombok Timur, Lombok Tengah, Lombok Utara, Sumbawa,
Sumbawa Barat, Bima, Dompu, Kupang, Kota Kupang, Ende, Maumere, Sikka, Manggarai, Ruteng, Labuan Bajo, Flores
Timur, Larantuka, Lembata, Alor, Atambua, Belu, Sumba, Waingapu, Rote, Banda Aceh, Aceh, Aceh Besar, Aceh Utara,
Aceh Timur, Aceh Barat, Aceh Tengah, Aceh Tamiang, Lhokseumawe, Langsa, Sabang, Meulaboh, Bireuen, Pidie, Sigli,
Takengon, Subulussalam, Singkil, Medan, Binjai, Deli Serdang, Deliserdang, Lubuk Pakam, Pematangsiantar, Siantar,
Tebing Tinggi, Tebingtinggi, Tanjungbalai, Sibolga, Padangsidimpuan, Asahan, Kisaran, Karo, Kabanjahe, Langkat,
Stabat, Simalungun, Toba, Balige, Samosir, Dairi, Sidikalang, Labuhanbatu, Rantauprapat, Nias, Gunungsitoli,
Mandailing Natal, Tapanuli Utara, Tapanuli Selatan, Tarutung, Padang, Bukittinggi, Payakumbuh, Pariaman, Solok,
Sawahlunto, Agam, Tanah Datar, Batusangkar, Pasaman, Dharmasraya, Pesisir Selatan, Painan, Limapuluh Kota,
Sijunjung, Mentawai, Pekanbaru, Dumai, Kampar, Bangkinang, Siak, Bengkalis, Pelalawan, Indragiri Hulu, Indragiri
Hilir, Tembilahan, Rengat, Rokan Hulu, Rokan Hilir, Kuantan Singingi, Meranti, Batam, Tanjungpinang, Tanjung
Pinang, Bintan, Karimun, Natuna, Anambas, Lingga, Jambi, Kota Jambi, Muaro Jambi, Bungo, Tebo, Merangin, Bangko,
Sarolangun, Kerinci, Sungai Penuh, Batanghari, Palembang, Prabumulih, Pagaralam, Pagar Alam, Lubuklinggau, Ogan
Ilir, Indralaya, Ogan Komering Ilir, Kayuagung, Baturaja, Muara Enim, Lahat, Banyuasin, Musi Banyuasin, Sekayu,
Musi Rawas, Empat Lawang, Bengkulu, Rejang Lebong, Curup, Mukomuko, Bandar Lampung, Bandarlampung, Lampung, Metro,
Lampung Selatan, Lampung Tengah, Lampung Utara, Lampung Timur, Kalianda, Kotabumi, Pringsewu, Tanggamus,
Pesawaran, Tulang Bawang, Way Kanan, Pangkalpinang, Pangkal Pinang, Bangka, Bangka Barat, Bangka Selatan,
Belitung, Belitung Timur, Tanjungpandan, Pontianak, Singkawang, Sambas, Bengkayang, Mempawah, Landak, Sanggau,
Sintang, Sekadau, Melawi, Kapuas Hulu, Putussibau, Ketapang, Kubu Raya, Palangka Raya, Palangkaraya, Sampit,
Kotawaringin Timur, Kotawaringin Barat, Pangkalan Bun, Kapuas, Barito Utara, Muara Teweh, Katingan, Banjarmasin,
Banjarbaru, Martapura, Tanah Laut, Pelaihari, Tanah Bumbu, Kotabaru, Tabalong, Amuntai, Barabai, Kandangan,
Rantau, Samarinda, Balikpapan, Bontang, Kutai Kartanegara, Tenggarong, Kutai Timur, Sangatta, Kutai Barat, Berau,
Paser, Tanah Grogot, Penajam, Penajam Paser Utara, Nusantara, Tarakan, Nunukan, Bulungan, Tanjung Selor, Malinau,
Manado, Bitung, Tomohon, Kotamobagu, Minahasa, Tondano, Minahasa Utara, Airmadidi, Bolaang Mongondow, Sangihe,
Talaud, Gorontalo, Limboto, Bone Bolango, Pohuwato, Palu, Donggala, Sigi, Poso, Parigi Moutong, Luwuk, Banggai,
Morowali, Tolitoli, Buol, Makassar, Gowa, Sungguminasa, Maros, Pangkep, Takalar, Jeneponto, Bantaeng, Bulukumba,
Sinjai, Bone, Watampone, Soppeng, Wajo, Sengkang, Sidrap, Pinrang, Parepare, Barru, Enrekang, Tana Toraja, Makale,
Toraja Utara, Rantepao, Palopo, Luwu, Luwu Utara, Luwu Timur, Masamba, Malili, Selayar, Mamuju, Majene, Polewali
Mandar, Polman, Mamasa, Kendari, Baubau, Kolaka, Konawe, Unaaha, Muna, Raha, Buton, Wakatobi, Bombana, Ambon,
Tual, Kota Tual, Maluku Tengah, Masohi, Seram, Buru, Namlea, Saumlaki, Ternate, Tidore, Sofifi, Tobelo, Halmahera,
Morotai, Sorong, Manokwari, Fakfak, Kaimana, Raja Ampat, Jayapura, Sentani, Merauke, Timika, Mimika, Nabire, Biak,
Serui, Wamena, Jayawijaya, Puncak Jaya, Intan Jaya, Boven Digoel, Asmat, Mappi, Yahukimo, Keerom, Sarmi,
Mamberamo, Banten, Bali, Papua, Maluku, Riau, Singapura, Kuala Lumpur, Bangkok, Manila, Beijing, Tokyo, Seoul, New
Delhi, Riyadh, Makkah, Mekkah, Madinah, Jeddah, Doha, Dubai, Teheran, Tel Aviv, Gaza, Yerusalem, Kairo, Istanbul,
Ankara, Moskow, Kyiv, London, Paris, Berlin, Roma, Madrid, Barcelona, Lisbon, Brussel, Den Haag, Amsterdam,
Jenewa, New York, Canberra, Sydney,
Los Angeles, Las Vegas, Manchester, Milan, Osaka, Wina, Hanoi, Hong Kong, Taipei, Islamabad, Kabul, Dhaka, Baghdad,
Damaskus, Beirut, Sanaa, Pyongyang, Kolombo, Colombo, Naypyidaw, Yangon, Phnom Penh, Padang Pariaman, Barito Timur,
Barito Kuala, Barito Selatan, Hulu Sungai Utara, Hulu Sungai Selatan, Hulu Sungai Tengah, Musi Rawas Utara,
Ogan Komering Ulu, Lampung Barat, Mesuji, Bener Meriah, Gayo Lues, Nagan Raya, Simeulue, Batu Bara, Humbang Hasundutan,
Padang Lawas, Pakpak Bharat, Serdang Bedagai, Washington DC, Washington
"""
PLACES: Final = frozenset(_PLACES.strip().replace("\n", " ").lower().split(", "))
"""Regencies, cities, seats and some capitals that open datelines, lower case; written from knowledge. A name in
capitals that is no Indonesian word counts as a place too."""
